package io.holdfast.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a figure reaches its target. */
class FigureTest {

  @ParameterizedTest
  @CsvSource({
    "at most, value, 1.5, true",
    "at most, value, 1.4, false",
    "at least, value, 1.5, true",
    "at least, value, 1.6, false",
    "at most, ratio, 0.5, true",
    "at most, ratio, 0.49, false",
    "at least, ratio, 0.5, true",
    "at least, ratio, 0.51, false"
  })
  void theBoundItselfReachesIt(String sense, String of, double bound, boolean met) {
    Target target = new Target(bound, sense.equals("at most"), of.equals("ratio"));

    Figure figure = Figure.of("f", 1.5, "s").against("twice as much", 3).aiming(target);

    assertThat(figure.ratio()).isEqualTo(0.5);
    assertThat(figure.met()).isEqualTo(met);
  }

  @Test
  void withoutATargetNothingIsMetOrMissed() {
    assertThat(Figure.of("f", 1, "s").met()).isNull();
  }

  @Test
  void withoutALimitThereIsNoRatioAndNoneIsReached() {
    Figure figure = Figure.of("f", 1, "s");

    assertThat(figure.ratio()).isNull();
    assertThat(figure.aiming(Target.ratioAtMost(9)).met()).isFalse();
    assertThat(figure.against("nothing", 0).aiming(Target.ratioAtLeast(0)).met()).isFalse();
  }

  @Test
  void whatIsNoNumberReachesNothing() {
    assertThat(Figure.of("f", Double.NaN, "s").aiming(Target.valueAtMost(1)).met()).isFalse();
  }
}
