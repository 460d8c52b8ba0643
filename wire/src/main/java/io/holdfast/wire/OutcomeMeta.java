package io.holdfast.wire;

/**
 * What every outcome carries. The schema documents the fields.
 *
 * @param time epoch milliseconds
 */
public record OutcomeMeta(
    String commandId,
    String command,
    String network,
    long time,
    String actor,
    boolean repeated,
    boolean dryRun) {}
