package io.holdfast.wire;

/**
 * A record of a topic: what every record there carries, and its own fields. On the wire it is one
 * Avro record whose field {@code meta} is the first.
 */
public record Message<M, B>(M meta, B body) {}
