package io.holdfast.domain.outcome;

/**
 * An answer that is given again to a command that is delivered again.
 *
 * @param until epoch milliseconds from which on it counts as forgotten
 */
public record Remembered(Outcome outcome, long until) {}
