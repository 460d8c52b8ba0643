package io.holdfast.allocator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.allocator.service.Progress.Standing;
import io.holdfast.domain.state.Head;
import io.holdfast.wire.NetworkHead;
import io.holdfast.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final Progress progress = new Progress();

  @Test
  void anEventIsCommittedOnlyIfItIsTheOneWithItsNumber() throws Exception {
    progress.advance("n", 1, hash("one"));
    progress.advance("n", 2, hash("two, decided again"));
    progress.advance("n", 3, hash("three"));

    assertThat(progress.await("n", head(2, "two, rolled back"), 0)).isEqualTo(Standing.REPLACED);
    assertThat(progress.await("n", head(2, "two, decided again"), 0)).isEqualTo(Standing.COMMITTED);
    assertThat(progress.await("n", head(3, "three"), 0)).isEqualTo(Standing.COMMITTED);
    assertThat(progress.await("n", head(3, "another three"), 0)).isEqualTo(Standing.REPLACED);
    assertThat(progress.await("n", head(4, "four"), 0)).isEqualTo(Standing.OPEN);
    assertThat(progress.await("other", head(1, "one"), 0)).isEqualTo(Standing.OPEN);
    assertThat(progress.await("other", NetworkHead.START, 0)).isEqualTo(Standing.COMMITTED);
  }

  @Test
  void whoWaitsIsToldWhenTheEventComes() throws Exception {
    CompletableFuture<Standing> waiting =
        CompletableFuture.supplyAsync(() -> {
          try {
            return progress.await("n", head(2, "two"), TimeUnit.SECONDS.toNanos(20));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    progress.advance("n", 1, hash("one"));
    progress.advance("n", 2, hash("two"));

    assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo(Standing.COMMITTED);
  }

  /** The last event of a quiet network is known however much others do. */
  @Test
  void busyNetworksDoNotMakeAQuietOneUnknown() throws Exception {
    progress.advance("quiet", 1, hash("one"));
    for (int i = 1; i <= 50_000; i++) {
      progress.advance("busy", i, hash("event"));
    }

    assertThat(progress.await("quiet", head(1, "one"), 0)).isEqualTo(Standing.COMMITTED);
    assertThat(progress.await("busy", head(1, "event"), 0)).isEqualTo(Standing.REPLACED);
    assertThat(progress.await("busy", head(49_999, "event"), 0)).isEqualTo(Standing.COMMITTED);
  }

  private static NetworkHead head(long sequence, String event) {
    return NetworkHead.of(new Head(sequence, 0, 0), hash(event));
  }

  private static Sha256 hash(String event) {
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    return Sha256.of(bytes, 0, bytes.length);
  }
}
