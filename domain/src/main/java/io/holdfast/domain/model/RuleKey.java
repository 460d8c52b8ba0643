package io.holdfast.domain.model;

import io.holdfast.domain.net.IpAddress;

/** Names a rule: the EIP and the rule's id on it. */
public record RuleKey(IpAddress ip, String rule) implements Comparable<RuleKey>, Fingerprint.Entry {
  @Override
  public int compareTo(RuleKey other) {
    int byIp = ip.compareTo(other.ip);
    return byIp != 0 ? byIp : rule.compareTo(other.rule);
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(ip).add(rule);
  }
}
