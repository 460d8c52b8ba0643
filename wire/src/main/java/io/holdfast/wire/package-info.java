/**
 * Between the domain's records and the bytes on the topics: Avro by component name, Confluent
 * framing, schema ids from the registry, typed faults. Knows {@code schemas} and {@code domain};
 * knows nothing of Kafka.
 */
@NullMarked
package io.holdfast.wire;

import org.jspecify.annotations.NullMarked;
