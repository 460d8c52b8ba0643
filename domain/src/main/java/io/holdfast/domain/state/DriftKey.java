package io.holdfast.domain.state;

import io.holdfast.domain.net.IpAddress;

/** Names a drift: this address, seen on this gateway. */
public record DriftKey(String gateway, IpAddress ip) implements Comparable<DriftKey> {

  public static DriftKey first(String gateway) {
    return new DriftKey(gateway, CarriedKey.LOWEST);
  }

  public static DriftKey last(String gateway) {
    return new DriftKey(gateway, CarriedKey.HIGHEST);
  }

  @Override
  public int compareTo(DriftKey other) {
    int byGateway = gateway.compareTo(other.gateway);
    return byGateway != 0 ? byGateway : ip.compareTo(other.ip);
  }
}
