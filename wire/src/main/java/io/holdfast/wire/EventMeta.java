package io.holdfast.wire;

/**
 * What every event carries. The schema documents the fields.
 *
 * @param time epoch milliseconds
 */
public record EventMeta(
    String network,
    long sequence,
    long time,
    Sha256 previousHash,
    long digest,
    String actor,
    String reason,
    CauseKind causeKind,
    String cause) {}
