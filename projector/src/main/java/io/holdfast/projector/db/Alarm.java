package io.holdfast.projector.db;

import io.holdfast.projector.log.Place;

/**
 * Why a network, or a record, is not projected.
 *
 * @param network its name; empty if the record's key is none
 * @param sequence of the event; 0 if it could not be read
 */
public record Alarm(Kind kind, String network, long sequence, Place place, String message) {
  /** The kind of fault. */
  public enum Kind {
    /** The event does not follow on the one before it. */
    BROKEN_CHAIN,
    /** The database refuses what the event says. */
    CONFLICT,
    /** The record cannot be read. */
    UNREADABLE
  }

  /** Whether the network's projection stops here. */
  public boolean stops() {
    return !network.isEmpty() && place.topic().equals(io.holdfast.wire.Contract.EVENTS);
  }
}
