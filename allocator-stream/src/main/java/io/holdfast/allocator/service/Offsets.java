package io.holdfast.allocator.service;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Where a partition begins and ends. */
final class Offsets {
  private Offsets() {}

  static long begin(Consumer<?, ?> consumer, TopicPartition partition) {
    return of(consumer.beginningOffsets(List.of(partition)), partition);
  }

  /** The offset after the last record that the consumer can see. */
  static long end(Consumer<?, ?> consumer, TopicPartition partition) {
    return of(consumer.endOffsets(List.of(partition)), partition);
  }

  private static long of(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return Objects.requireNonNull(offsets.get(partition), () -> "no offset of " + partition);
  }
}
