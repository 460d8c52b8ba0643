package io.holdfast.domain.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void whatFitsIsWhole() {
    assertThat(Excerpt.of("x".repeat(50), 50)).isEqualTo("x".repeat(50));
  }

  @Test
  void whatDoesNotFitSaysHowLongItWas() {
    assertThat(Excerpt.of("x".repeat(51), 50)).isEqualTo("x".repeat(31) + "... (51 characters)");
  }

  @Test
  void anExcerptOfAnExcerptIsTheSame() {
    String once = Excerpt.of("x".repeat(1_000_000), 300);

    assertThat(once).hasSize(300).endsWith("x... (1000000 characters)");
    assertThat(Excerpt.of(once, 300)).isEqualTo(once);
  }

  /** Half of a pair is no character: it could not be written as UTF-8. */
  @Test
  void aSurrogatePairIsNotSplit() {
    String pair = "\uD83D\uDE00";

    assertThat(Excerpt.of("x".repeat(30) + pair + "x".repeat(30), 50))
        .isEqualTo("x".repeat(30) + "... (62 characters)");
    assertThat(Excerpt.of("x".repeat(29) + pair + "x".repeat(30), 50))
        .isEqualTo("x".repeat(29) + pair + "... (61 characters)");
  }

  @Test
  void aRefusalQuotesABeginning() {
    String huge = "\ufffd".repeat(1_000_000);
    Refusal refusal = Refusal.invalid(huge, huge, "a name");

    assertThat(refusal.value()).hasSize(300).endsWith("(1000000 characters)");
    assertThat(refusal.message()).hasSizeLessThanOrEqualTo(2_000);
    assertThat(Refusal.invalid("pool", huge, "a name").message())
        .hasSizeLessThan(400)
        .startsWith("pool is '\ufffd")
        .endsWith("... (1000000 characters)'; allowed: a name");
    assertThat(Refusal.of(RefusalCode.PoolUnknown, "there is no pool " + huge).message())
        .hasSize(2_000)
        .endsWith("... (1000017 characters)");
    assertThat(new Refusal(RefusalCode.Invalid, "", huge, huge, huge, Map.of()))
        .satisfies(r ->
            assertThat(List.of(text(r.field()).length(), text(r.allowed()).length()))
                .containsExactly(300, 2_000));
  }

  private static String text(@Nullable String part) {
    return String.valueOf(part);
  }
}
