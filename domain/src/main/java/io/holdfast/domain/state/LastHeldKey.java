package io.holdfast.domain.state;

import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;

/** Index of free addresses by who had them last, where a pool gives them back to them. */
public record LastHeldKey(Owner owner, IpAddress ip) implements Comparable<LastHeldKey> {

  public static LastHeldKey first(Owner owner) {
    return new LastHeldKey(owner, IpAddress.LOWEST);
  }

  /** Where they end. */
  public static LastHeldKey last(Owner owner) {
    return new LastHeldKey(owner, IpAddress.HIGHEST);
  }

  @Override
  public int compareTo(LastHeldKey other) {
    int byOwner = owner.compareTo(other.owner);
    return byOwner != 0 ? byOwner : ip.compareTo(other.ip);
  }
}
