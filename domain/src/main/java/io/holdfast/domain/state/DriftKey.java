package io.holdfast.domain.state;

import io.holdfast.domain.net.IpAddress;

/**
 * Names a drift: this address, seen on this gateway on this node. A gateway may have been left
 * behind on several nodes, and each kernel is a case of its own.
 */
public record DriftKey(String gateway, IpAddress ip, String node) implements Comparable<DriftKey> {

  public static DriftKey first(String gateway) {
    return new DriftKey(gateway, IpAddress.LOWEST, "");
  }

  public static DriftKey last(String gateway) {
    return new DriftKey(gateway, IpAddress.HIGHEST, TableId.LAST_NAME);
  }

  /** Where the nodes of one address on a gateway begin. */
  public static DriftKey first(String gateway, IpAddress ip) {
    return new DriftKey(gateway, ip, "");
  }

  /** Where they end. */
  public static DriftKey last(String gateway, IpAddress ip) {
    return new DriftKey(gateway, ip, TableId.LAST_NAME);
  }

  @Override
  public int compareTo(DriftKey other) {
    int byGateway = gateway.compareTo(other.gateway);
    int byIp = byGateway != 0 ? byGateway : ip.compareTo(other.ip);
    return byIp != 0 ? byIp : node.compareTo(other.node);
  }
}
