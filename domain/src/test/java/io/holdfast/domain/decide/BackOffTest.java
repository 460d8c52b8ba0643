package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.script.Script;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** After an unknown answer: twice as long each time up to the limit, and never all at once. */
class BackOffTest {
  private static final long LONGEST_MS = 2_592_000_000L;

  private static long wait(Script script, String line) {
    script.step(line + " -> OwnerUnknown");
    Recorded last = script.ledger().log().getLast();
    return ((Event.OwnerUnknown) last.event()).nextCheckAt() - last.header().time();
  }

  /** Up to the longest limit that is allowed, 30 days: the 33rd time reaches it. */
  @Test
  void itDoublesUpToTheLimit() {
    Script script = new Script().auditAtTheEnd();
    script.play("define-pool p 10.0.0.0/24 confirm=3 retry-min=1ms retry-max=720h");
    script.play("allocate owner=a count=100");
    for (int attempt = 1; attempt <= 36; attempt++) {
      long full = Math.min(LONGEST_MS, (long) Math.pow(2, attempt - 1));
      long shortest = Long.MAX_VALUE;
      long longest = 0;
      for (int i = 1; i <= 100; i++) {
        long wait = wait(script, "check 10.0.0.%d unknown tenure=%d".formatted(i, i + 1));
        assertThat(wait).as("attempt " + attempt).isBetween(full / 2, full);
        shortest = Math.min(shortest, wait);
        longest = Math.max(longest, wait);
      }
      assertThat(shortest).as("attempt " + attempt).isLessThan(full - full / 4);
      assertThat(longest).as("attempt " + attempt).isGreaterThan(full - full / 8 - 1);
      script.step("wait +" + full + "ms");
    }
  }

  /** Half of it and all of it are both among what may come. */
  @Test
  void checksOfManyOwnersSpreadOut() {
    Script script = new Script().auditAtTheEnd();
    script.play("define-pool p 10.0.0.0/24 confirm=3 retry-min=4ms");
    script.play("allocate owner=a count=100");
    Set<Long> waits = new HashSet<>();
    for (int i = 1; i <= 100; i++) {
      waits.add(wait(script, "check 10.0.0.%d unknown tenure=%d".formatted(i, i + 1)));
    }
    assertThat(waits).containsExactlyInAnyOrder(2L, 3L, 4L);
  }
}
