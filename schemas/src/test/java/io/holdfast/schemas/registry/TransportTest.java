package io.holdfast.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TransportTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void closingEndsAPauseBetweenTwoAttempts() throws Exception {
    try (var server = new ScriptedRegistry((n, asked) -> new ScriptedRegistry.Reply(503, ""))) {
      RegistryConfig config =
          RegistryConfig.of(server.url())
              .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), HOUR);
      var transport =
          new Transport(config, () -> new Backoff(new SplittableRandom(1), 20 * 60_000));
      var answer =
          CompletableFuture.supplyAsync(() -> transport.send("it", "GET", "/subjects", null));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (server.asked().isEmpty() && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(server.asked()).hasSize(1);
      transport.close();

      assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(RegistryException.Unreachable.class);
    }
  }
}
