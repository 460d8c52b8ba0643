package io.holdfast.allocator.topology;

import java.util.List;
import java.util.Optional;

/** The committed part of the events topic and of the outcomes topic, for recovery. */
public interface EventLog {

  /**
   * One record.
   *
   * @param timestamp epoch milliseconds; an event's and an outcome's own time
   * @param command of an outcome: where its command stands
   */
  record Entry(
      long offset, long timestamp, byte[] key, byte[] value, Optional<CommandPlace> command) {}

  /**
   * Whether no transaction is open on the events and the outcomes of a partition. One of before a
   * crash may be; it ends by its time limit at the latest.
   */
  boolean isSettled(int partition);

  /** The offset after the last command of a partition. */
  long commandsEnd(int partition);

  /** The last committed event of a partition; empty if it has none. */
  Optional<Entry> lastEvent(int partition);

  /** The same of the outcomes; only one that says where its command stands is ours. */
  Optional<Entry> lastOutcome(int partition);

  /**
   * The committed events, in order, up to the present end, from the first whose time is not before
   * {@code since}, epoch milliseconds.
   */
  Portions events(int partition, long since);

  /** The same of the outcomes. */
  Portions outcomes(int partition, long since);

  /** Entries, some at a time. */
  interface Portions extends AutoCloseable {
    /** The next ones, in order; none: there are no more. */
    List<Entry> next();

    @Override
    void close();
  }
}
