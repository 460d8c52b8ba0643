package io.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class BoundedStopTest {
  @Test
  void aStepThatFailsIsToldAndTheOthersAreTaken() {
    List<String> taken = new ArrayList<>();
    BoundedStop stop = new BoundedStop("it", Duration.ofSeconds(20));
    stop.add(() -> taken.add("first"));
    stop.add(() -> {
      throw new IllegalStateException("stuck");
    });
    stop.add(() -> taken.add("last"));

    assertThatThrownBy(stop::run)
        .isInstanceOf(EmbeddedException.StopFailed.class)
        .hasMessage("it did not stop cleanly")
        .hasRootCauseMessage("stuck");
    assertThat(taken).containsExactly("first", "last");
  }

  @Test
  void nobodyWaitsForEver() {
    CountDownLatch never = new CountDownLatch(1);
    BoundedStop stop = new BoundedStop("it", Duration.ofMillis(50));
    stop.add(() -> {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });

    assertThatThrownBy(stop::run)
        .isInstanceOf(EmbeddedException.StopFailed.class)
        .hasMessageContaining("it did not stop within");
    never.countDown();
  }
}
