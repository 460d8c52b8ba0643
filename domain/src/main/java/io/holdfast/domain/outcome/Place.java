package io.holdfast.domain.outcome;

/**
 * Where a request stands that waits for addresses.
 *
 * @param ticket its number: a lower one is older
 * @param position 1: it is the next
 * @param deadline epoch milliseconds at which it is given up
 */
public record Place(long ticket, int position, long deadline) {}
