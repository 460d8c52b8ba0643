package io.holdfast.domain.state;

import io.holdfast.domain.net.IpAddress;

/** Index of addresses whose owner lives on a node. */
public record ResidentKey(String node, IpAddress ip) implements Comparable<ResidentKey> {

  public static ResidentKey first(String node) {
    return new ResidentKey(node, IpAddress.LOWEST);
  }

  public static ResidentKey last(String node) {
    return new ResidentKey(node, IpAddress.HIGHEST);
  }

  @Override
  public int compareTo(ResidentKey other) {
    int byNode = node.compareTo(other.node);
    return byNode != 0 ? byNode : ip.compareTo(other.ip);
  }
}
