package io.holdfast.simulator.node;

/**
 * What a gateway's agent believes of its lease, on its node's clock; the kernel's own gate is what
 * counts.
 */
final class Lease {
  /** The states. */
  enum State {
    /** Nothing may be done but to begin. */
    NONE,
    /** The instance is known, and not yet whether its lease still runs. */
    UNKNOWN,
    RUNNING,
    /** It ran out: others may have the addresses. */
    LAPSED
  }

  private State state = State.NONE;
  private long endsAt;
  private int generation;

  State state(long clock) {
    if (state == State.RUNNING && clock >= endsAt) {
      state = State.LAPSED;
    }
    return state;
  }

  /** Grows with each instance: what was armed for an earlier one is void. */
  int generation() {
    return generation;
  }

  void nothing() {
    state = State.NONE;
    generation++;
  }

  void established() {
    state = State.UNKNOWN;
    generation++;
  }

  boolean mayRenew(int ofGeneration, long clock) {
    State present = state(clock);
    return ofGeneration == generation && (present == State.UNKNOWN || present == State.RUNNING);
  }

  void renewed(long until) {
    state = State.RUNNING;
    endsAt = Math.max(endsAt, until);
  }

  void lapsed() {
    state = State.LAPSED;
  }
}
