package io.holdfast.domain.state;

import io.holdfast.domain.net.IpAddress;

/**
 * Index of a pool's cooling and free addresses that it still covers, the longest unused first: its
 * first entry is the next to be reused, or tells when one comes free.
 */
public record ReusableKey(String pool, long freeAt, IpAddress ip)
    implements Comparable<ReusableKey> {

  public static ReusableKey first(String pool) {
    return new ReusableKey(pool, 0, IpAddress.LOWEST);
  }

  /** Where the addresses that come free after {@code time} begin. */
  public static ReusableKey after(String pool, long time) {
    return new ReusableKey(pool, time + 1, IpAddress.LOWEST);
  }

  public static ReusableKey last(String pool) {
    return new ReusableKey(pool, Long.MAX_VALUE, IpAddress.HIGHEST);
  }

  @Override
  public int compareTo(ReusableKey other) {
    int byPool = pool.compareTo(other.pool);
    if (byPool != 0) {
      return byPool;
    }
    int byTime = Long.compare(freeAt, other.freeAt);
    return byTime != 0 ? byTime : ip.compareTo(other.ip);
  }
}
