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
    long first = only == null ? 4 : only;
    long last = only == null ? 9 : only;
    for (long seed = first; seed <= last; seed++) {
      run(seed);
    }
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
