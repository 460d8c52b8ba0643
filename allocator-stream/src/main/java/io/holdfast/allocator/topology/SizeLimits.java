package io.holdfast.allocator.topology;

import io.holdfast.wire.Contract;

/**
 * How large records may be, bytes, as the topics had it when this instance started.
 *
 * @param commands of a command. A topic's own limit is one of batches, which may be compressed: a
 *     record can be larger than it
 * @param reports of a report, likewise
 * @param own of a record of our own topics, with the batch around it
 */
public record SizeLimits(int commands, int reports, int own) {

  /** Of a record of this input topic. */
  int of(String topic) {
    return topic.equals(Contract.COMMANDS) ? commands : reports;
  }
}
