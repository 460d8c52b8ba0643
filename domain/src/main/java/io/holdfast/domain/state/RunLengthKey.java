package io.holdfast.domain.state;

import io.holdfast.domain.net.IpAddress;

/**
 * Index of a pool's runs of free addresses by their length, the shortest first.
 *
 * @param length how many addresses; what does not fit a long counts as the most that does
 * @param first of the run
 */
public record RunLengthKey(String pool, long length, IpAddress first)
    implements Comparable<RunLengthKey> {

  /** Where the runs of at least {@code length} begin. */
  public static RunLengthKey from(String pool, long length) {
    return new RunLengthKey(pool, length, IpAddress.LOWEST);
  }

  /** Where they end. */
  public static RunLengthKey last(String pool) {
    return new RunLengthKey(pool, Long.MAX_VALUE, IpAddress.HIGHEST);
  }

  @Override
  public int compareTo(RunLengthKey other) {
    int byPool = pool.compareTo(other.pool);
    if (byPool != 0) {
      return byPool;
    }
    int byLength = Long.compare(length, other.length);
    return byLength != 0 ? byLength : first.compareTo(other.first);
  }
}
