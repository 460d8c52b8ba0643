package io.holdfast.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The seed decides everything. */
class DeterminismTest {
  private static final long SEED = 4711;
  private static final long STEPS = 60_000;

  private static String line(Result result) {
    return result.steps() + " " + result.events() + " " + result.lives() + " " + result.digest();
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    String first = line(Simulation.run(SEED, STEPS, done -> {}));
    assertThat(line(Simulation.run(SEED, STEPS, done -> {}))).isEqualTo(first);
    assertThat(line(Simulation.run(SEED + 1, STEPS, done -> {}))).isNotEqualTo(first);
  }
}
