package io.holdfast.schemas.registry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between attempts, each of random length so that clients that failed together do
 * not return together.
 */
final class Backoff {
  private static final long FIRST_MS = 50;
  private static final long LONGEST_MS = 2_000;

  private final RandomGenerator random;
  private long limitMs;

  Backoff(RandomGenerator random) {
    this(random, FIRST_MS);
  }

  Backoff(RandomGenerator random, long firstMs) {
    this.random = random;
    this.limitMs = firstMs;
  }

  /** The next pause: between half of and the whole limit, which doubles each time up to 2 s. */
  Duration next() {
    long pause = limitMs / 2 + random.nextLong(limitMs / 2 + 1);
    limitMs = Math.min(LONGEST_MS, limitMs * 2);
    return Duration.ofMillis(pause);
  }
}
