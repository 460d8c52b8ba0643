package io.holdfast.projector.db;

import io.holdfast.projector.log.Entry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What was read since the last batch.
 *
 * @param moves how far each partition was read
 */
public record Batch(List<Entry> entries, Map<TopicPartition, Move> moves) {
  /** From an offset up to, not including, another one. */
  public record Move(long from, long to) {}
}
