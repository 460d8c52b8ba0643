package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An id stands in the stores' keys, whose parts end with a zero byte. */
final class CommandIdTest {
  @Test
  void idsThatCannotStandInAKeyAreRefused() {
    assertThat(Decider.isCommandId("7f0c-1")).isTrue();
    assertThat(Decider.isCommandId("x".repeat(128))).isTrue();
    assertThat(Decider.isCommandId("")).isFalse();
    assertThat(Decider.isCommandId("x".repeat(129))).isFalse();
    assertThat(Decider.isCommandId("a\0b")).isFalse();
    assertThat(Decider.isCommandId("a b")).isFalse();
    assertThat(Decider.isCommandId("ü")).isFalse();
  }
}
