package io.holdfast.domain.simulate;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random play, watched by the oracle after every event. A failure prints its seed and the shortest
 * script found, to be pasted into {@link io.holdfast.domain.script.Script#play}. {@code
 * -Dholdfast.seed=N} plays one seed, {@code -Dholdfast.seconds=N} plays fresh seeds for that long.
 */
class ModelTest {
  private static final int LENGTH = 140;
  private static final int FIXED_SEEDS = 60;

  @Test
  void fixedSeeds() {
    Long only = Long.getLong("holdfast.seed");
    if (only != null) {
      play(only);
      return;
    }
    for (long seed = 1; seed <= FIXED_SEEDS; seed++) {
      play(seed);
    }
  }

  @Test
  void freshSeeds() {
    long first = System.nanoTime();
    long deadline = first + Long.getLong("holdfast.seconds", 4) * 1_000_000_000L;
    long seed = first;
    System.out.println("ModelTest: fresh seeds from " + first);
    do {
      play(seed++);
    } while (System.nanoTime() < deadline);
    System.out.println("ModelTest: " + (seed - first) + " fresh seeds");
  }

  private static void play(long seed) {
    List<String> lines = new ArrayList<>();
    Throwable fault = Player.fault(seed, LENGTH, lines);
    if (fault != null) {
      String kind = Player.kind(fault);
      List<String> shrunk = Shrinker.shrink(lines, kind);
      Throwable last = Player.fault(shrunk);
      fail(
          "seed "
              + seed
              + "\n"
              + (last == null ? fault : last).getMessage()
              + "\n\nscript:\n"
              + String.join("\n", shrunk)
              + "\n",
          last == null ? fault : last);
    }
  }
}
