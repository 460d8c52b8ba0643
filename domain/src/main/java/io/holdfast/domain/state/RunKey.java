package io.holdfast.domain.state;

import io.holdfast.domain.net.IpAddress;

/**
 * A run of free addresses of a pool, by its last one: the first key that is not below an address is
 * of the run that it lies in, or of the next one. The entry is the run's first address.
 */
public record RunKey(String pool, IpAddress last) implements Comparable<RunKey> {

  public static RunKey first(String pool) {
    return new RunKey(pool, IpAddress.LOWEST);
  }

  /** Where they end (included: no pool offers the last address of all). */
  public static RunKey last(String pool) {
    return new RunKey(pool, IpAddress.HIGHEST);
  }

  @Override
  public int compareTo(RunKey other) {
    int byPool = pool.compareTo(other.pool);
    return byPool != 0 ? byPool : last.compareTo(other.last);
  }
}
