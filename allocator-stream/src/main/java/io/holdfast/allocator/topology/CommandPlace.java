package io.holdfast.allocator.topology;

import org.apache.kafka.common.Uuid;

/**
 * Where a command stands on its partition.
 *
 * @param topic id of its topic: one of the same name that was made anew counts from 0 again
 */
public record CommandPlace(Uuid topic, long offset) {

  /** Whether another place is not after this one. */
  boolean covers(CommandPlace other) {
    return topic.equals(other.topic) && other.offset <= offset;
  }

  /** This place, or the last one before {@code end} if that comes first. */
  CommandPlace before(long end) {
    return new CommandPlace(topic, Math.min(offset, end - 1));
  }
}
