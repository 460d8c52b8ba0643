package io.holdfast.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The seed decides everything, in every process. */
class DeterminismTest {
  private static final long SEED = 4711;
  private static final long STEPS = 60_000;

  /** Says what a run came to, in a process where sets and maps have another order. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      // Enums are hashed by a number that depends on how many objects were hashed before.
      int hashed = 0;
      for (int i = 0; i < 1_000; i++) {
        hashed += System.identityHashCode(new Object());
      }
      System.err.println("DeterminismTest: hashes " + hashed);
      System.out.println(line(Simulation.run(SEED, STEPS, done -> {})));
    }
  }

  private static String line(Result result) {
    return result.steps() + " " + result.events() + " " + result.lives() + " " + result.digest();
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    String first = line(Simulation.run(SEED, STEPS, done -> {}));
    assertThat(line(Simulation.run(SEED, STEPS, done -> {}))).isEqualTo(first);
    assertThat(line(Simulation.run(SEED + 1, STEPS, done -> {}))).isNotEqualTo(first);
  }

  @Test
  void theSameSeedGivesTheSameRunInAnotherProcess() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Child.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).isZero();
    assertThat(said.strip()).isEqualTo(line(Simulation.run(SEED, STEPS, done -> {})));
  }
}
