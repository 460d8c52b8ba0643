package io.holdfast.domain.event;

/**
 * Where an event stands in its network's log.
 *
 * @param sequence 1, 2, 3 ... without gaps in a network
 * @param time epoch milliseconds; never before that of the event before it
 */
public record EventHeader(long sequence, long time) {}
