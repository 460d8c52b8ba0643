package io.holdfast.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void doublesUpToTwoSecondsWithJitter() {
    var firsts = new HashSet<Duration>();
    for (int seed = 0; seed < 100; seed++) {
      var backoff = new Backoff(new SplittableRandom(seed));
      firsts.add(backoff.next());
      for (long limit : new long[] {100, 200, 400, 800, 1_600, 2_000, 2_000}) {
        assertThat(backoff.next())
            .isBetween(Duration.ofMillis(limit / 2), Duration.ofMillis(limit));
      }
    }
    assertThat(firsts)
        .hasSizeGreaterThan(10)
        .allMatch(first -> first.toMillis() >= 25 && first.toMillis() <= 50);
  }
}
