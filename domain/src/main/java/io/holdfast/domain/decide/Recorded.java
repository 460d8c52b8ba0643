package io.holdfast.domain.decide;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;

/**
 * An event with its place in the log.
 *
 * @param digest of the network's state after it
 */
public record Recorded(EventHeader header, Event event, long digest) {}
