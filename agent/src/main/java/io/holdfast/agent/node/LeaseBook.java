package io.holdfast.agent.node;

/**
 * What this process knows of the lease of one gateway. Times are milliseconds on the clock that
 * counts suspend. Thread-safe.
 *
 * <p>The kernel (or another process) enforces the lease; this is why the agent stops by itself
 * before that, and takes down what it can.
 */
final class LeaseBook {
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

  synchronized State state(long now) {
    if (state == State.RUNNING && now >= endsAt) {
      state = State.LAPSED;
    }
    return state;
  }

  synchronized boolean runs(long now) {
    return state(now) == State.RUNNING;
  }

  /** Milliseconds until it lapses; a long time if it does not run. */
  synchronized long left(long now) {
    return state(now) == State.RUNNING ? endsAt - now : Long.MAX_VALUE;
  }

  /** Grows with each instance: what was armed for an earlier one is void. */
  synchronized int generation() {
    return generation;
  }

  synchronized void nothing() {
    state = State.NONE;
    generation++;
  }

  synchronized void established() {
    state = State.UNKNOWN;
    generation++;
  }

  /** Whether a renewal may be tried for this generation. */
  synchronized boolean mayRenew(int ofGeneration, long now) {
    State present = state(now);
    return ofGeneration == generation && (present == State.UNKNOWN || present == State.RUNNING);
  }

  synchronized void renewed(int ofGeneration, long until) {
    if (ofGeneration == generation && (state == State.UNKNOWN || state == State.RUNNING)) {
      state = State.RUNNING;
      endsAt = Math.max(endsAt, until);
    }
  }

  synchronized void lapsed(int ofGeneration) {
    if (ofGeneration == generation && state != State.NONE) {
      state = State.LAPSED;
    }
  }
}
