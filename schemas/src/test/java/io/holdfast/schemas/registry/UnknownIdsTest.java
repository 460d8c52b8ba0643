package io.holdfast.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnknownIdsTest {
  private final AtomicLong now = new AtomicLong();
  private final UnknownIds ids = new UnknownIds(Duration.ofSeconds(10), now::get);

  @Test
  void forgetsAfterTheTime() {
    ids.add(1);
    now.set(Duration.ofSeconds(10).toNanos() - 1);
    assertThat(ids.contains(1)).isTrue();
    now.set(Duration.ofSeconds(10).toNanos());
    assertThat(ids.contains(1)).isFalse();
    assertThat(ids.contains(2)).isFalse();
  }

  @Test
  void isBounded() {
    for (int id = 0; id < 3 * UnknownIds.MOST; id++) {
      ids.add(id);
    }
    assertThat(ids.size()).isLessThanOrEqualTo(UnknownIds.MOST);
    assertThat(ids.contains(3 * UnknownIds.MOST - 1)).isTrue();
  }
}
