package io.holdfast.allocator.topology;

import io.holdfast.wire.NetworkHead;
import java.util.Map;
import java.util.concurrent.locks.StampedLock;

/**
 * What the partitions worked on here tell the rest of the service. Called from the stream threads.
 */
public interface Partitions {

  /**
   * The stores of a partition are in step with its log, and everything in them is committed.
   *
   * @param now epoch milliseconds, on the clock of the partition's decisions
   */
  void ready(int partition, Map<String, NetworkHead> networks, long now);

  /** The partition is no longer worked on here. */
  void closed(int partition);

  /**
   * Held for writing while a decision's changes go into the stores, so that a query never sees half
   * of one.
   */
  StampedLock lock(int partition);
}
