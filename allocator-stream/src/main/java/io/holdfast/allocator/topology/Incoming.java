package io.holdfast.allocator.topology;

import io.holdfast.wire.Held;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record of a source topic, with its place.
 *
 * @param timestamp epoch milliseconds; of a command, when the broker appended it
 */
record Incoming(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value) {

  static Incoming of(RecordMetadata at, Record<byte[], byte[]> record) {
    return new Incoming(
        at.topic(), at.partition(), at.offset(), record.timestamp(), record.key(), record.value());
  }

  static Incoming of(Held held) {
    return new Incoming(
        held.topic(),
        held.partition(),
        held.offset(),
        held.timestamp(),
        held.key().array(),
        held.value() == null ? null : held.value().array());
  }

  /** Its place on the topic with this id. */
  CommandPlace place(Uuid topicId) {
    return new CommandPlace(topicId, offset);
  }

  /** With at most the first {@code bytes} of its key and of its value. */
  Incoming cut(int bytes) {
    return new Incoming(
        topic, partition, offset, timestamp, beginning(key, bytes), beginning(value, bytes));
  }

  private static byte @Nullable [] beginning(byte @Nullable [] part, int bytes) {
    return part == null || part.length <= bytes ? part : Arrays.copyOf(part, bytes);
  }

  /** For the store; only records with a sound key are held. */
  Held held() {
    return new Held(
        topic,
        partition,
        offset,
        timestamp,
        ByteBuffer.wrap(key == null ? new byte[0] : key),
        value == null ? null : ByteBuffer.wrap(value));
  }
}
