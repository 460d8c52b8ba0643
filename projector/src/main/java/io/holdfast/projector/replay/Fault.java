package io.holdfast.projector.replay;

import io.holdfast.projector.log.Place;
import org.jspecify.annotations.Nullable;

/**
 * The first thing that is wrong with a network's record.
 *
 * @param sequence of the bad event; of the missing one if it is missing
 * @param place where it stands, or where it should; null if it is not about a record of the log
 */
public record Fault(
    String network, long sequence, @Nullable Place place, Kind kind, String message) {
  /** The kind of fault. */
  public enum Kind {
    /** An event is missing, doubled, or not in its place. */
    SEQUENCE,
    /** An event was changed after it was written. */
    HASH,
    /** Time runs backwards. */
    TIME,
    /** The state that follows is not the one that was recorded. */
    DIGEST,
    /** Something that always holds does not. */
    INVARIANT,
    /** A record cannot be read. */
    UNREADABLE,
    /** The live stores say something else. */
    LIVE,
    /** The audit database says something else. */
    DATABASE
  }

  @Override
  public String toString() {
    return "network "
        + network
        + ", event "
        + sequence
        + (place == null ? "" : " (" + place + ")")
        + ": "
        + kind
        + ": "
        + message;
  }
}
