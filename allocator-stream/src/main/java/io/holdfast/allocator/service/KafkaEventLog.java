package io.holdfast.allocator.service;

import io.holdfast.allocator.topology.EventLog;
import io.holdfast.wire.Contract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The event log as it stands on the brokers: committed records only. */
final class KafkaEventLog implements EventLog {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long TAIL = 64;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final OpenTransactions open;

  /** Tells where the log ends if open transactions are counted. */
  @FunctionalInterface
  interface OpenTransactions {
    long end(TopicPartition partition, IsolationLevel level);
  }

  /**
   * @param consumers give consumers that read what is committed, of no group
   */
  KafkaEventLog(Supplier<Consumer<byte[], byte[]>> consumers, OpenTransactions open) {
    this.consumers = consumers;
    this.open = open;
  }

  @Override
  public Optional<Entry> lastEvent(int partition) {
    TopicPartition events = new TopicPartition(Contract.EVENTS, partition);
    awaitNoOpenTransaction(events);
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      consumer.assign(List.of(events));
      long begin = Offsets.begin(consumer, events);
      long end = Offsets.end(consumer, events);
      // The end may be transaction markers only: look back until there is a record.
      Optional<Entry> last = Optional.empty();
      long from = end;
      for (long back = TAIL; last.isEmpty() && from > begin; back *= 8) {
        from = Math.max(begin, end - back);
        last = lastOf(consumer, events, from, end);
      }
      return last;
    }
  }

  private static Optional<Entry> lastOf(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
    AtomicReference<@Nullable Entry> last = new AtomicReference<>();
    read(
        consumer,
        partition,
        from,
        end,
        entry -> {
          last.set(entry);
          return true;
        });
    return Optional.ofNullable(last.get());
  }

  /**
   * Our own transaction of before a crash may still be open; it ends by its time limit at the
   * latest.
   */
  private void awaitNoOpenTransaction(TopicPartition partition) {
    while (open.end(partition, IsolationLevel.READ_COMMITTED)
        < open.end(partition, IsolationLevel.READ_UNCOMMITTED)) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        // A poll that waits at the committed end returns as soon as that moves.
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        consumer.poll(POLL);
      }
    }
  }

  @Override
  public void events(int partition, long fromOffset, Visitor visitor) {
    TopicPartition events = new TopicPartition(Contract.EVENTS, partition);
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      consumer.assign(List.of(events));
      read(consumer, events, fromOffset, Offsets.end(consumer, events), visitor);
    }
  }

  @Override
  public void outcomes(int partition, long since, Visitor visitor) {
    TopicPartition outcomes = new TopicPartition(Contract.OUTCOMES, partition);
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      consumer.assign(List.of(outcomes));
      OffsetAndTimestamp start =
          consumer.offsetsForTimes(Map.of(outcomes, Math.max(0, since))).get(outcomes);
      if (start != null) {
        read(consumer, outcomes, start.offset(), Offsets.end(consumer, outcomes), visitor);
      }
    }
  }

  private static void read(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long from,
      long end,
      Visitor visitor) {
    consumer.seek(partition, from);
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> r : consumer.poll(POLL)) {
        if (r.offset() < end
            && !visitor.visit(new Entry(r.offset(), r.timestamp(), r.key(), r.value()))) {
          return;
        }
      }
    }
  }
}
