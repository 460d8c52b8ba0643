package io.holdfast.projector.log;

import io.holdfast.wire.Contract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Reads a topic, most often that of the events, from its beginning to its present end, once. */
public final class LogScan {
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final int AT_ONCE = 1_000;

  private final Consumers consumers;
  private final EntryReader reader;

  public LogScan(Consumers consumers, EntryReader reader) {
    this.consumers = consumers;
    this.reader = reader;
  }

  /** Takes entries; and says after each whether it wants more. */
  @FunctionalInterface
  public interface Taker {
    boolean take(Entry entry);
  }

  /** Takes raw records of events. */
  @FunctionalInterface
  public interface RawTaker {
    boolean take(Place place, byte[] key, byte[] value);
  }

  /** Is told now and then how many records of how many are read. */
  @FunctionalInterface
  public interface Progress {
    void at(long done, long total);
  }

  /**
   * Entries are taken in the caller's thread; another one reads and decodes ahead.
   *
   * @param network only this one's events; empty: all
   */
  public void events(Optional<String> network, Progress progress, Taker taker) {
    entries(Contract.EVENTS, network, progress, taker);
  }

  /** The same of another topic. */
  public void entries(String topic, Optional<String> network, Progress progress, Taker taker) {
    try (Ahead ahead = new Ahead(sink -> read(topic, network, progress, sink))) {
      for (List<Entry> some = ahead.next(); !some.isEmpty(); some = ahead.next()) {
        for (Entry entry : some) {
          if (!taker.take(entry)) {
            return;
          }
        }
      }
    }
  }

  private void read(String topic, Optional<String> network, Progress progress, Ahead.Sink sink) {
    List<Entry> some = new ArrayList<>(AT_ONCE);
    raw(
        topic,
        network,
        progress,
        (place, key, value) -> {
          some.add(reader.read(place, key, value));
          if (some.size() < AT_ONCE) {
            return true;
          }
          boolean more = sink.put(List.copyOf(some));
          some.clear();
          return more;
        });
    if (!some.isEmpty()) {
      sink.put(some);
    }
  }

  /** The same, undecoded. */
  public void raw(String topic, Optional<String> network, Progress progress, RawTaker taker) {
    byte[] wanted = network.map(n -> n.getBytes(StandardCharsets.UTF_8)).orElse(null);
    try (Consumer<byte[], byte[]> consumer = consumers.open()) {
      List<TopicPartition> partitions = Consumers.partitions(consumer, topic);
      if (partitions.isEmpty()) {
        throw new IllegalStateException("there is no topic " + topic);
      }
      if (wanted != null) {
        // As the allocator places networks: a network is in one partition.
        int one = Utils.toPositive(Utils.murmur2(wanted)) % partitions.size();
        partitions = List.of(partitions.get(one));
      }
      Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
      long total = sum(end) - sum(begin);
      // One after the other: what is folded stays in the caches, and progress is steady.
      Map<TopicPartition, Long> at = new HashMap<>(begin);
      for (TopicPartition partition : partitions) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, begin.getOrDefault(partition, 0L));
        while (consumer.position(partition) < end.getOrDefault(partition, 0L)) {
          for (ConsumerRecord<byte[], byte[]> r : consumer.poll(WAIT)) {
            boolean ours = wanted == null || Arrays.equals(wanted, r.key());
            byte[] key = r.key() == null ? new byte[0] : r.key();
            byte[] value = r.value() == null ? new byte[0] : r.value();
            if (ours && !taker.take(new Place(r.topic(), r.partition(), r.offset()), key, value)) {
              return;
            }
          }
          at.put(partition, consumer.position(partition));
          progress.at(sum(at) - sum(begin), total);
        }
      }
    }
  }

  private static long sum(Map<TopicPartition, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }
}
