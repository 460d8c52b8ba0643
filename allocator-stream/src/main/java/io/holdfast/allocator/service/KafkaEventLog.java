package io.holdfast.allocator.service;

import io.holdfast.allocator.topology.EventLog;
import io.holdfast.allocator.topology.Headers;
import io.holdfast.wire.Contract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event log as it stands on the brokers: committed records only. */
public final class KafkaEventLog implements EventLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaEventLog.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long TAIL = 64;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Admin admin;

  /**
   * @param consumers give consumers that read what is committed, of no group
   */
  KafkaEventLog(Supplier<Consumer<byte[], byte[]>> consumers, Admin admin) {
    this.consumers = consumers;
    this.admin = admin;
  }

  /** Reads with clients of its own: for what is done before a service runs. */
  public static KafkaEventLog of(String bootstrapServers, Admin admin) {
    return new KafkaEventLog(() -> Clients.reader(bootstrapServers, Map.of()), admin);
  }

  @Override
  public boolean isSettled(int partition) {
    return isSettled(new TopicPartition(Contract.EVENTS, partition))
        && isSettled(new TopicPartition(Contract.OUTCOMES, partition));
  }

  private boolean isSettled(TopicPartition partition) {
    boolean settled =
        end(partition, IsolationLevel.READ_COMMITTED)
            == end(partition, IsolationLevel.READ_UNCOMMITTED);
    if (!settled) {
      LOG.debug("{} ends with an open transaction: waiting for its end", partition);
    }
    return settled;
  }

  @Override
  public long commandsEnd(int partition) {
    return end(new TopicPartition(Contract.COMMANDS, partition), IsolationLevel.READ_UNCOMMITTED);
  }

  @Override
  public Optional<Entry> lastEvent(int partition) {
    return last(new TopicPartition(Contract.EVENTS, partition), entry -> true);
  }

  @Override
  public Optional<Entry> lastOutcome(int partition) {
    return last(
        new TopicPartition(Contract.OUTCOMES, partition), entry -> entry.command().isPresent());
  }

  private Optional<Entry> last(TopicPartition partition, Predicate<Entry> isOurs) {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      consumer.assign(List.of(partition));
      long begin = Offsets.begin(consumer, partition);
      long end = Offsets.end(consumer, partition);
      // The end may be transaction markers only: look back until there is a record of ours.
      Optional<Entry> last = Optional.empty();
      long from = end;
      for (long back = TAIL; last.isEmpty() && from > begin; back *= 8) {
        from = Math.max(begin, end - back);
        last = lastOf(consumer, partition, from, end, isOurs);
      }
      return last;
    }
  }

  private static Optional<Entry> lastOf(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long from,
      long end,
      Predicate<Entry> isOurs) {
    consumer.seek(partition, from);
    Optional<Entry> last = Optional.empty();
    List<Entry> portion = next(consumer, partition, end);
    while (!portion.isEmpty()) {
      Optional<Entry> known = last;
      last = portion.reversed().stream().filter(isOurs).findFirst().or(() -> known);
      portion = next(consumer, partition, end);
    }
    return last;
  }

  private long end(TopicPartition partition, IsolationLevel level) {
    try {
      return admin
          .listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(level))
          .partitionResult(partition)
          .get(30, TimeUnit.SECONDS)
          .offset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AllocatorApi.UnavailableException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AllocatorApi.UnavailableException(
          "the end of " + partition + " cannot be asked", e);
    }
  }

  @Override
  public Portions events(int partition, long since) {
    return from(new TopicPartition(Contract.EVENTS, partition), since);
  }

  @Override
  public Portions outcomes(int partition, long since) {
    return from(new TopicPartition(Contract.OUTCOMES, partition), since);
  }

  private Portions from(TopicPartition partition, long since) {
    Consumer<byte[], byte[]> consumer = consumers.get();
    try {
      consumer.assign(List.of(partition));
      long end = Offsets.end(consumer, partition);
      OffsetAndTimestamp start =
          consumer.offsetsForTimes(Map.of(partition, Math.max(0, since))).get(partition);
      consumer.seek(partition, start == null ? end : start.offset());
      return new Portions() {
        @Override
        public List<Entry> next() {
          return KafkaEventLog.next(consumer, partition, end);
        }

        @Override
        public void close() {
          consumer.close();
        }
      };
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** What the next polls bring before {@code end}; nothing if that is reached. */
  private static List<Entry> next(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long end) {
    List<Entry> portion = new ArrayList<>();
    while (portion.isEmpty() && consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> r : consumer.poll(POLL)) {
        if (r.offset() < end) {
          portion.add(
              new Entry(r.offset(), r.timestamp(), r.key(), r.value(), Headers.place(r.headers())));
        }
      }
    }
    return portion;
  }
}
