package io.holdfast.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.holdfast.simulator.plan.Plan;
import org.junit.jupiter.api.Test;

/**
 * A few seeds that are always the same, and a few that nobody has tried. A failure prints its seed
 * and the shortest plan found. {@code -Dholdfast.seed=N} runs one seed, {@code
 * -Dholdfast.seconds=N} fresh ones for that long.
 */
class SeedsTest {
  private static final long STEPS = 200_000;

  @Test
  void fixedSeeds() {
    Long only = Long.getLong("holdfast.seed");
    long first = only == null ? 1 : only;
    long last = only == null ? 6 : only;
    for (long seed = first; seed <= last; seed++) {
      run(seed);
    }
  }

  @Test
  void freshSeeds() {
    long began = System.nanoTime();
    boolean isAsked = Long.getLong("holdfast.seed") != null;
    long seconds = Long.getLong("holdfast.seconds", isAsked ? 0 : 6);
    long first = Math.abs(began % 1_000_000_000_000L);
    long seed = first;
    while (System.nanoTime() - began < seconds * 1_000_000_000L) {
      System.out.println("SeedsTest: fresh seed " + seed);
      run(seed++);
    }
    System.out.println("SeedsTest: " + (seed - first) + " fresh seeds");
  }

  private static void run(long seed) {
    Result result = Simulation.run(seed, STEPS, done -> {});
    Failure failure = result.failure();
    if (failure != null) {
      Plan plan = Shrinker.shrink(failure, 1_000);
      fail(
          "seed " + seed + "\n" + failure.message() + "\n\n" + String.join("\n", Story.tell(plan)),
          failure.cause());
    }
    assertThat(result.steps()).isGreaterThanOrEqualTo(STEPS);
    assertThat(result.events()).isGreaterThan(STEPS / 100);
  }
}
