package io.holdfast.allocator.service;

import io.holdfast.allocator.service.AllocatorApi.EventSink;
import io.holdfast.allocator.topology.Headers;
import io.holdfast.allocator.topology.NetworkName;
import io.holdfast.domain.event.Event;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a network's committed events from any sequence number on. */
final class History {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long LINEAR = 5_000;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Codec codec;
  private final int partitions;

  History(Supplier<Consumer<byte[], byte[]>> consumers, Codec codec, int partitions) {
    this.consumers = consumers;
    this.codec = codec;
    this.partitions = partitions;
  }

  @SuppressWarnings("unchecked") // the events topic has nothing but event messages
  void read(String network, long from, boolean follow, BooleanSupplier open, EventSink sink) {
    byte[] key = network.getBytes(StandardCharsets.UTF_8);
    TopicPartition partition =
        new TopicPartition(Contract.EVENTS, NetworkName.partition(network, partitions));
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      consumer.assign(List.of(partition));
      long end = Offsets.end(consumer, partition);
      consumer.seek(partition, find(consumer, partition, key, from, end));
      while (open.getAsBoolean() && (follow || consumer.position(partition) < end)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (Arrays.equals(record.key(), key)
              && Headers.sequence(record.headers()).orElse(Long.MAX_VALUE) >= from) {
            sink.accept((Message<EventMeta, Event>) codec.decode(Contract.EVENTS, record.value()));
          }
        }
      }
    }
  }

  /** An offset not after the event, and not far before it: halves the log as long as that pays. */
  private static long find(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      byte[] key,
      long from,
      long end) {
    long low = Offsets.begin(consumer, partition);
    long high = end;
    while (from > 1 && high - low > LINEAR) {
      long middle = low + (high - low) / 2;
      OptionalLong there = sequenceAt(consumer, partition, key, middle, high);
      if (there.isPresent() && there.getAsLong() < from) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The sequence number of the network's first event at or after an offset, of those one poll
   * returns.
   */
  private static OptionalLong sequenceAt(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      byte[] key,
      long offset,
      long high) {
    consumer.seek(partition, offset);
    while (consumer.position(partition) < high) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (Arrays.equals(record.key(), key)) {
          return Headers.sequence(record.headers());
        }
      }
    }
    return OptionalLong.empty();
  }
}
