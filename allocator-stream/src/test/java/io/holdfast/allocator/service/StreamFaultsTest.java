package io.holdfast.allocator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.allocator.topology.LogDivergedException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.ExponentialBackoff;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

final class StreamFaultsTest {
  private static final ExponentialBackoff NONE = new ExponentialBackoff(0, 2, 0, 0);

  private final Throwable fault =
      new StreamsException("task 0_0 failed", new IllegalStateException("the disk is full"));

  @Test
  void aFaultThatComesBackAgainAndAgainStops() {
    StreamFaults faults = new StreamFaults(NONE, 3, Duration.ofMinutes(1));

    assertThat(faults.handle(fault)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(faults.handle(fault)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(faults.stopped()).isNull();
    assertThat(faults.last()).isEqualTo("IllegalStateException: the disk is full");
    assertThat(faults.handle(fault)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(faults.stopped())
        .startsWith("stopped after 3 faults within 60 s;")
        .endsWith("The last one: IllegalStateException: the disk is full");
  }

  @Test
  void faultsThatAreFarApartNeverStop() {
    StreamFaults faults = new StreamFaults(NONE, 2, Duration.ZERO);

    for (int i = 0; i < 10; i++) {
      assertThat(faults.handle(fault)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    }
    assertThat(faults.stopped()).isNull();
    assertThat(faults.last()).as("the last one is over").isEmpty();
  }

  @Test
  void aLogThatDoesNotFitTheStoresStopsAtOnce() {
    StreamFaults faults = new StreamFaults(NONE, 3, Duration.ofMinutes(1));

    assertThat(faults.handle(new StreamsException(new LogDivergedException("the log has a gap"))))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(faults.stopped()).isEqualTo("the log has a gap");
  }

  @Test
  void whatIsGivenUpStopsAtOnce() {
    StreamFaults faults = new StreamFaults(NONE, 3, Duration.ofMinutes(1));

    assertThat(faults.handle(new StreamsException(new CancellationException())))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(faults.stopped()).isEqualTo("stopped: what it waited for was given up");
  }

  @Test
  void aThreadWaitsBeforeItIsReplacedAndClosingEndsThat() throws Exception {
    ExponentialBackoff minutes = new ExponentialBackoff(600_000, 2, 600_000, 0);
    StreamFaults faults = new StreamFaults(minutes, 3, Duration.ofMinutes(1));

    CompletableFuture<StreamThreadExceptionResponse> handled =
        CompletableFuture.supplyAsync(() -> faults.handle(fault));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!faults.isWaiting() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(faults.isWaiting()).isTrue();
    assertThat(handled).isNotDone();
    faults.close();

    assertThat(handled.get(20, TimeUnit.SECONDS))
        .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(faults.isWaiting()).isFalse();
  }
}
