package io.holdfast.agent;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition. */
public final class Eventually {
  private Eventually() {}

  /** Returns when the condition holds; fails with the text if it does not within the time. */
  public static void holds(Duration limit, String what, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + limit + ": " + what);
      }
      Thread.sleep(10);
    }
  }
}
