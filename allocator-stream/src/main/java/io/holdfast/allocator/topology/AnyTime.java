package io.holdfast.allocator.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Takes a record's time as it is, and one before 1970 for 1970: brokers take such records, and
 * Streams' own extractor would stop the partition for good. What is decided has the time of its
 * decision, never this one.
 */
final class AnyTime implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return Math.max(0, record.timestamp());
  }
}
