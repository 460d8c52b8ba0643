package io.holdfast.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.holdfast.simulator.plan.Plan;
import org.junit.jupiter.api.Test;

/** A few seeds that are always the same, and a few that nobody has tried. */
class SeedsTest {
  @Test
  void fixedSeeds() {
    for (long seed = 1; seed <= 5; seed++) {
      Result result = Simulation.run(seed, 40_000, done -> {});
      Failure failure = result.failure();
      if (failure != null) {
        Plan plan = Shrinker.shrink(failure, 1_500);
        fail(failure.message() + "\n" + plan.actions(), failure.cause());
      }
      assertEquals(seed, result.seed());
    }
  }
}
