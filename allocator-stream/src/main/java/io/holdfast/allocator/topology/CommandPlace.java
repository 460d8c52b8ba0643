package io.holdfast.allocator.topology;

/**
 * Where a command stands on its partition.
 *
 * @param time when the broker appended it, epoch milliseconds: offsets alone begin anew where a
 *     topic was made anew, or where a power cut took its end
 */
public record CommandPlace(long offset, long time) {

  /** Whether another place is not after this one. */
  boolean covers(CommandPlace other) {
    return other.offset <= offset && other.time <= time;
  }
}
