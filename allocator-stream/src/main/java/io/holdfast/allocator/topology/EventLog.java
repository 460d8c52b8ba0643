package io.holdfast.allocator.topology;

import java.util.Optional;

/** The committed part of the events topic and of the outcomes topic, for recovery. */
public interface EventLog {

  /** One record. */
  record Entry(long offset, long timestamp, byte[] key, byte[] value) {}

  /**
   * The last committed event of a partition; empty if it has none. Waits for open transactions to
   * end.
   */
  Optional<Entry> lastEvent(int partition);

  /**
   * Hands over the committed events from an offset on, in order, until the visitor has enough or
   * there are no more.
   */
  void events(int partition, long fromOffset, Visitor visitor);

  /**
   * Hands over the committed outcomes whose records are not older than {@code since}, epoch
   * milliseconds.
   */
  void outcomes(int partition, long since, Visitor visitor);

  /** Takes an entry; false: enough. */
  @FunctionalInterface
  interface Visitor {
    boolean visit(Entry entry);
  }
}
