package io.holdfast.allocator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommitPaceTest {
  private long nanos = Long.MAX_VALUE; // it may wrap around

  private CommitPace pace(int intervalMs) {
    return new CommitPace(Duration.ofMillis(intervalMs), () -> nanos);
  }

  private void pass(long ms) {
    nanos += Duration.ofMillis(ms).toNanos();
  }

  @ParameterizedTest
  @CsvSource({
    // the interval, how long the record had waited, the pause after the last commit
    "10, 0, 10",
    "10, 40, 10",
    "10, 80, 20",
    "10, 400, 100",
    "10, 401, 100",
    "10, 9223372036854775807, 100",
    "10, -9223372036854775808, 10",
    "4000, 60000, 4000",
  })
  void whatHasWaitedWaitsAQuarterLonger(int intervalMs, long waitedMs, long pauseMs) {
    CommitPace pace = pace(intervalMs);
    assertThat(pace.isTime(waitedMs)).as("the first").isTrue();
    pass(pauseMs - 1);
    assertThat(pace.isTime(waitedMs)).as("1 ms too early").isFalse();
    pass(1);
    assertThat(pace.isTime(waitedMs)).isTrue();
    assertThat(pace.isTime(waitedMs)).as("the pause begins anew").isFalse();
  }

  @Test
  void eachThreadHasItsOwn() {
    CommitPace pace = pace(10);
    assertThat(pace.isTime(0)).isTrue();
    assertThat(CompletableFuture.supplyAsync(() -> pace.isTime(0)).join()).isTrue();
    assertThat(pace.isTime(0)).isFalse();
  }
}
