package io.holdfast.allocator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From when on commands are heard without delay (decision 30). */
class HearingTest {
  private static final long WALL = 1_000_000;

  private final long[] nanos = {0};
  private final Hearing hearing = new Hearing(() -> nanos[0], WALL);
  private long wall = WALL;

  private void pass(long millis) {
    nanos[0] += Duration.ofMillis(millis).toNanos();
    wall += millis;
  }

  /** How long it has been so now, milliseconds. */
  private long lasts() {
    return 5_000_000 - hearing.from(5_000_000);
  }

  private void ticks(long millis) {
    for (long passed = 0; passed < millis; passed += 50) {
      pass(50);
      hearing.goesOn(wall);
    }
  }

  @Test
  void atWork() {
    ticks(60_000);
    assertThat(lasts()).isEqualTo(60_000);
  }

  @Test
  void aPauseBeginsItAnew() {
    ticks(60_000);
    pass(3_000);
    hearing.goesOn(wall);
    assertThat(lasts()).as("three seconds are none").isEqualTo(63_000);
    pass(3_001);
    hearing.goesOn(wall);
    assertThat(lasts()).isZero();
    ticks(500);
    assertThat(lasts()).isEqualTo(500);
  }

  /** A machine that sleeps, or a clock that is set ahead: only one of the clocks shows it. */
  @Test
  void aPauseOnEitherClock() {
    ticks(60_000);
    wall += 3_600_000;
    hearing.goesOn(wall);
    assertThat(lasts()).as("on the machine's clock").isZero();
    ticks(60_000);
    nanos[0] += Duration.ofSeconds(4).toNanos();
    hearing.goesOn(wall);
    assertThat(lasts()).as("on the other").isZero();
  }

  @Test
  void aClockThatIsSetBackIsNoPause() {
    ticks(60_000);
    wall -= 3_600_000;
    ticks(1_000);
    assertThat(lasts()).isEqualTo(61_000);
  }

  @Test
  void aCommandThatWaited() {
    ticks(60_000);
    hearing.heard(wall - 3_000, wall);
    assertThat(lasts()).isEqualTo(60_000);
    hearing.heard(wall - 3_001, wall);
    assertThat(lasts()).isZero();
    ticks(29_000);
    hearing.heard(wall + 10, wall);
    assertThat(lasts()).as("a broker's clock that is ahead").isEqualTo(29_000);
  }
}
