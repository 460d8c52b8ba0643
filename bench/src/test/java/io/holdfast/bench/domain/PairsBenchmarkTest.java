package io.holdfast.bench.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.outcome.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the benchmark of the rules really does. */
class PairsBenchmarkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/24, 0, 0",
    "10.0.0.0/24, 50, 127",
    "10.0.0.0/24, 99, 251",
    "10.0.0.0/8, 99, 990000",
    "fd00::/64, 50, 500000"
  })
  void soManyAddressesAreHeld(String range, int fill, int held) {
    assertThat(PairsBenchmark.held(range, fill)).isEqualTo(held);
  }

  @Test
  void aPairLeavesThePoolAsItWasForAsLongAsItRuns() {
    PairsBenchmark benchmark = new PairsBenchmark();
    benchmark.range = "10.0.0.0/24";
    benchmark.fill = 99;
    benchmark.fill();

    for (int i = 0; i < 10_000; i++) {
      assertThat(benchmark.pair()).isInstanceOf(Outcome.Accepted.class);
    }
  }
}
