package io.holdfast.projector.project;

import io.holdfast.projector.db.Batch;
import io.holdfast.projector.log.Consumers;
import io.holdfast.projector.log.Entry;
import io.holdfast.projector.log.EntryReader;
import io.holdfast.projector.log.Place;
import io.holdfast.wire.Contract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads events and outcomes on from given positions, a batch at a time. */
final class BatchReader {
  private final Consumer<byte[], byte[]> consumer;
  private final EntryReader reader;
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  BatchReader(Consumer<byte[], byte[]> consumer, EntryReader reader) {
    this.consumer = consumer;
    this.reader = reader;
  }

  /** The partitions of both topics; empty while there are none. */
  static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> events = Consumers.partitions(consumer, Contract.EVENTS);
    List<TopicPartition> outcomes = Consumers.partitions(consumer, Contract.OUTCOMES);
    if (events.isEmpty() || outcomes.isEmpty()) {
      return List.of();
    }
    List<TopicPartition> all = new ArrayList<>(events);
    all.addAll(outcomes);
    return all;
  }

  void begin(Map<TopicPartition, Long> from) {
    consumer.assign(from.keySet());
    from.forEach(consumer::seek);
    positions.clear();
    positions.putAll(from);
  }

  /** What came since the last call; waits a little if nothing did. */
  Batch next(Duration wait) {
    List<Entry> entries = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> r : consumer.poll(wait)) {
      entries.add(reader.read(new Place(r.topic(), r.partition(), r.offset()), r.key(), r.value()));
    }
    Map<TopicPartition, Batch.Move> moves = new HashMap<>();
    if (!entries.isEmpty()) {
      for (TopicPartition partition : List.copyOf(positions.keySet())) {
        long from = positions.getOrDefault(partition, 0L);
        long to = consumer.position(partition);
        if (to != from) {
          moves.put(partition, new Batch.Move(from, to));
          positions.put(partition, to);
        }
      }
    }
    return new Batch(entries, moves);
  }

  /** Committed records that were not read yet, as far as the last fetch knows. */
  long lag() {
    long lag = 0;
    for (TopicPartition partition : positions.keySet()) {
      lag += consumer.currentLag(partition).orElse(0);
    }
    return lag;
  }

  /** Offsets read so far, markers included. */
  Map<TopicPartition, Long> at() {
    Map<TopicPartition, Long> at = new HashMap<>();
    positions.keySet().forEach(p -> at.put(p, consumer.position(p)));
    return at;
  }
}
