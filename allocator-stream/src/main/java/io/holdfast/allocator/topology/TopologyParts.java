package io.holdfast.allocator.topology;

import io.holdfast.domain.decide.Settings;
import io.holdfast.wire.Codec;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the topology is built from.
 *
 * @param partitionCount partitions of the commands topic, and so of every other topic of the
 *     topology
 * @param inputBytes how large a command or report may be
 */
public record TopologyParts(
    Codec codec,
    Settings settings,
    EventLog log,
    Partitions partitions,
    MeterRegistry meters,
    int partitionCount,
    int inputBytes) {}
