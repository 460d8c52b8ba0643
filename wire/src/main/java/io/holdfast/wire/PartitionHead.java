package io.holdfast.wire;

/** The last event of a partition of the events topic. */
public record PartitionHead(String network, long sequence, Sha256 hash) {}
