package io.holdfast.cli.client;

/**
 * An address that a command gave, or found its owner to have.
 *
 * @param tenure its present tenure
 * @param pool the pool it came from
 */
public record Grant(String ip, long tenure, String pool) {}
