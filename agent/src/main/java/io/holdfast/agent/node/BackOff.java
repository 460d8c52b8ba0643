package io.holdfast.agent.node;

import java.util.concurrent.ThreadLocalRandom;

/** Waits that double up to a limit, each between half and all of it. One thread uses it. */
final class BackOff {
  private final long least;
  private final long most;
  private long next;

  BackOff(long leastMs, long mostMs) {
    this.least = leastMs;
    this.most = mostMs;
    this.next = leastMs;
  }

  /** Milliseconds to wait now. */
  long nextMs() {
    long full = next;
    next = Math.min(most, next * 2);
    return full / 2 + ThreadLocalRandom.current().nextLong(full - full / 2 + 1);
  }

  void reset() {
    next = least;
  }
}
