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

  private static void commits(CommitPace pace, long waitedMs) {
    pace.sent(waitedMs);
    assertThat(pace.isTime()).isTrue();
    pace.ended();
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
    commits(pace, waitedMs);
    pace.sent(waitedMs);
    pass(pauseMs - 1);
    assertThat(pace.isTime()).as("1 ms too early").isFalse();
    pass(1);
    assertThat(pace.isTime()).isTrue();
  }

  @Test
  void nothingIsCommittedTwice() {
    CommitPace pace = pace(10);
    assertThat(pace.isTime()).as("nothing was sent").isFalse();
    pace.sent(0);
    assertThat(pace.isOpen()).isTrue();
    assertThat(pace.isTime()).isTrue();
    pass(100);
    assertThat(pace.isTime()).as("it was asked for").isFalse();
    pace.ended();
    pass(1_000);
    assertThat(pace.isOpen()).isFalse();
    assertThat(pace.isTime()).as("nothing was sent since").isFalse();
  }

  /** One node whose clock is behind does not hold up what others wait for. */
  @Test
  void theLeastWaitCounts() {
    CommitPace pace = pace(10);
    commits(pace, 0);
    pace.sent(1_000);
    pace.sent(20);
    pace.sent(5_000);
    pass(10);
    assertThat(pace.isTime()).isTrue();
    pace.ended();

    pace.sent(1_000);
    pass(99);
    assertThat(pace.isTime()).as("what was committed counts no more").isFalse();
    pass(1);
    assertThat(pace.isTime()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    // how long a commit takes, and the pause from when it was asked for
    "4, 10",
    "8, 10",
    "16, 20",
    "40, 50",
    "400, 500",
    "2000, 2100"
  })
  void aSlowCommitLeavesTimeForWork(long tookMs, long pauseMs) {
    CommitPace pace = pace(10);
    pace.sent(0);
    assertThat(pace.isTime()).isTrue();
    pass(tookMs);
    pace.ended();
    pace.sent(0);
    pass(pauseMs - tookMs - 1);
    assertThat(pace.isTime()).as("1 ms too early").isFalse();
    pass(1);
    assertThat(pace.isTime()).isTrue();
  }

  @Test
  void aCommitThatNobodyAskedForCountsToo() {
    CommitPace pace = pace(10);
    pace.sent(0);
    pace.ended();
    assertThat(pace.isOpen()).isFalse();
    pace.sent(0);
    pass(9);
    assertThat(pace.isTime()).isFalse();
    pass(1);
    assertThat(pace.isTime()).isTrue();
  }

  @Test
  void eachThreadHasItsOwn() {
    CommitPace pace = pace(10);
    pace.sent(0);
    assertThat(CompletableFuture.supplyAsync(pace::isTime).join()).isFalse();
    assertThat(pace.isTime()).isTrue();
  }
}
