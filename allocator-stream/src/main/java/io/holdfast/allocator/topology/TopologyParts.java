package io.holdfast.allocator.topology;

import io.holdfast.domain.decide.Settings;
import io.holdfast.wire.Codec;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Uuid;

/**
 * What the topology is built from.
 *
 * @param partitionCount partitions of the commands topic, and so of every other topic of the
 *     topology
 * @param limits how large records may be
 * @param commandsTopic id of the commands topic
 * @param nanoTime counts nanoseconds, whatever is done to the machine's clock
 * @param pace when transactions end
 */
public record TopologyParts(
    Codec codec,
    Settings settings,
    EventLog log,
    Partitions partitions,
    MeterRegistry meters,
    int partitionCount,
    SizeLimits limits,
    Uuid commandsTopic,
    LongSupplier nanoTime,
    CommitPace pace) {}
