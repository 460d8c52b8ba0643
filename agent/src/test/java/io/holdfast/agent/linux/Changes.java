package io.holdfast.agent.linux;

import io.holdfast.agent.driver.Change;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** Builds a change in few words. */
final class Changes {
  private final List<Change.RuleRemoval> removeRules = new ArrayList<>();
  private final List<Change.AddressRemoval> removeAddresses = new ArrayList<>();
  private final List<Change.AddressAddition> addAddresses = new ArrayList<>();
  private final List<Change.RuleAddition> addRules = new ArrayList<>();

  static IpAddress ip(String text) {
    return IpAddress.parse(text);
  }

  static RuleSpec fip(String internal) {
    return new RuleSpec.Fip(ip(internal), "vpc");
  }

  static RuleSpec dnat(Protocol protocol, int port, String internal, int internalPort) {
    return new RuleSpec.Dnat(protocol, port, ip(internal), internalPort, "vpc");
  }

  static RuleSpec snat(String prefix) {
    return new RuleSpec.Snat(Cidr.parse(prefix), "vpc");
  }

  Changes address(String text) {
    String[] parts = text.split("/", 2);
    addAddresses.add(new Change.AddressAddition(ip(parts[0]), Integer.parseInt(parts[1]), 1));
    return this;
  }

  Changes noAddress(String text) {
    String[] parts = text.split("/", 2);
    removeAddresses.add(new Change.AddressRemoval(ip(parts[0]), Integer.parseInt(parts[1]), 1));
    return this;
  }

  Changes rule(String eip, RuleSpec spec) {
    addRules.add(new Change.RuleAddition(ip(eip), 1, spec));
    return this;
  }

  Changes noRule(String eip, RuleSpec spec) {
    return noRule(eip, spec.id(), spec.target());
  }

  Changes noRule(String eip, String id, String target) {
    removeRules.add(new Change.RuleRemoval(ip(eip), id, target, 1));
    return this;
  }

  Change done() {
    return new Change(1, removeRules, removeAddresses, addAddresses, addRules);
  }
}
