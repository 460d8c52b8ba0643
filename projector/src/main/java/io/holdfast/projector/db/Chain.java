package io.holdfast.projector.db;

import io.holdfast.projector.log.Entry;
import io.holdfast.wire.Sha256;
import org.jspecify.annotations.Nullable;

/** Whether an event follows on the one before it. */
public final class Chain {
  private Chain() {}

  /**
   * What is wrong with the event as the next one; null if it follows.
   *
   * @param sequence number of the event before it; 0 if there is none
   * @param at time of the event before it, epoch milliseconds
   * @param hash of the event before it
   */
  public static @Nullable String fault(Entry.OfEvent next, long sequence, long at, Sha256 hash) {
    long expected = sequence + 1;
    if (next.meta().sequence() != expected) {
      return next.meta().sequence() > expected
          ? "event " + expected + " is missing: event " + next.meta().sequence() + " follows"
          : "event " + next.meta().sequence() + " stands where event " + expected + " should";
    }
    if (!next.meta().previousHash().equals(hash)) {
      return "event "
          + expected
          + " says that the event before it has the hash "
          + next.meta().previousHash()
          + ", and that one has "
          + hash;
    }
    if (next.meta().time() < at) {
      return "event " + expected + " is earlier than the event before it";
    }
    return null;
  }
}
