package io.holdfast.domain.state;

/** Index of those who wait, by the pools that may serve them, the oldest first. */
public record WaitingKey(String pool, long ticket) implements Comparable<WaitingKey> {

  public static WaitingKey first(String pool) {
    return new WaitingKey(pool, 0);
  }

  /** Where they end. */
  public static WaitingKey last(String pool) {
    return new WaitingKey(pool, Long.MAX_VALUE);
  }

  @Override
  public int compareTo(WaitingKey other) {
    int byPool = pool.compareTo(other.pool);
    return byPool != 0 ? byPool : Long.compare(ticket, other.ticket);
  }
}
