package io.holdfast.projector.replay;

import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.evolve.Evolver;
import io.holdfast.projector.log.Entry;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Sha256;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Folds one network's events, and checks each: its place in the chain, the invariants, the digest
 * of the state that follows. It stops at the first fault.
 */
public final class Folding {
  private final String network;
  private final boolean strict;
  private final DigestState state = new DigestState();
  private final Invariants invariants = new Invariants(state);
  private long sequence;
  private long time;
  private Sha256 hash = Sha256.ZERO;
  private Entry.@Nullable OfEvent last;
  private @Nullable Fault suspicion;
  private @Nullable Fault fault;

  /**
   * @param strict check everything; false: fold only, as fast as can be
   */
  public Folding(String network, boolean strict) {
    this.network = network;
    this.strict = strict;
  }

  /** Takes the next record of the network. False once there is a fault. */
  public boolean take(Entry entry) {
    if (fault != null) {
      return false;
    }
    switch (entry) {
      case Entry.OfEvent e -> event(e);
      case Entry.Unreadable u ->
          fault = new Fault(network, sequence + 1, u.place(), Fault.Kind.UNREADABLE, u.fault());
      case Entry.OfOutcome _ -> {}
    }
    return fault == null;
  }

  private void event(Entry.OfEvent e) {
    EventMeta meta = e.meta();
    if (suspicion != null) {
      // Is the event whose reference does not fit itself confirmed by the one after it?
      boolean confirmed = meta.previousHash().equals(hash);
      fault = confirmed ? suspicion : changed(last, "it does not fit the events around it");
      return;
    }
    if (meta.sequence() != sequence + 1) {
      fault = misplaced(e);
      return;
    }
    if (!meta.previousHash().equals(hash)) {
      Entry.OfEvent before = last;
      suspicion =
          before == null
              ? changed(e, "the first event refers to one before it")
              : changed(
                  before,
                  "its hash is "
                      + hash
                      + ", and event "
                      + meta.sequence()
                      + " says it was "
                      + meta.previousHash());
      last = e;
      hash = e.hash();
      return;
    }
    if (meta.time() < time) {
      fault = of(e, Fault.Kind.TIME, "it is earlier than the event before it");
      return;
    }
    fold(e, meta);
  }

  private void fold(Entry.OfEvent e, EventMeta meta) {
    if (strict) {
      String broken = invariants.before(meta, e.event());
      if (broken != null) {
        fault = of(e, Fault.Kind.INVARIANT, broken);
        return;
      }
    }
    try {
      Evolver.apply(state, new EventHeader(meta.sequence(), meta.time()), e.event());
    } catch (IllegalStateException broken) {
      fault = of(e, Fault.Kind.INVARIANT, String.valueOf(broken.getMessage()));
      return;
    }
    if (state.digest() != meta.digest()) {
      fault =
          of(
              e,
              Fault.Kind.DIGEST,
              "the state after it has the digest "
                  + hex(state.digest())
                  + ", and "
                  + hex(meta.digest())
                  + " was recorded");
      return;
    }
    sequence = meta.sequence();
    time = meta.time();
    hash = e.hash();
    last = e;
  }

  private Fault misplaced(Entry.OfEvent e) {
    long found = e.meta().sequence();
    long expected = sequence + 1;
    String message;
    if (found > expected) {
      message = "it is missing here: event " + found + " stands in its place";
      return new Fault(network, expected, e.place(), Fault.Kind.SEQUENCE, message);
    }
    message = "it stands here again, where event " + expected + " should";
    return new Fault(network, found, e.place(), Fault.Kind.SEQUENCE, message);
  }

  private Fault changed(Entry.@Nullable OfEvent e, String message) {
    return e == null
        ? new Fault(network, 1, null, Fault.Kind.HASH, message)
        : of(e, Fault.Kind.HASH, message);
  }

  private Fault of(Entry.OfEvent e, Fault.Kind kind, String message) {
    return new Fault(network, e.meta().sequence(), e.place(), kind, message);
  }

  /** No event comes any more: what is left to be checked. */
  public void end() {
    if (fault == null && suspicion != null) {
      fault = suspicion;
    }
    if (fault == null && strict) {
      String broken = invariants.whole();
      if (broken != null) {
        fault = new Fault(network, sequence, null, Fault.Kind.INVARIANT, broken);
      }
    }
  }

  /** What is wrong; null if nothing is. */
  public @Nullable Fault fault() {
    return fault;
  }

  public String network() {
    return network;
  }

  public DigestState state() {
    return state;
  }

  /** Of the last event that was folded; 0 if none was. */
  public long sequence() {
    return sequence;
  }

  /** Of the last event that was folded, epoch milliseconds. */
  public long time() {
    return time;
  }

  public long digest() {
    return state.digest();
  }

  public Sha256 hash() {
    return hash;
  }

  static String hex(long digest) {
    return HexFormat.of().toHexDigits(digest);
  }
}
