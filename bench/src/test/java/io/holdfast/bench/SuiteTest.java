package io.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Results;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.stack.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which benchmarks are run, and what becomes of one that fails. */
class SuiteTest {

  private record Stub(String word, boolean isLong, boolean fails) implements Benchmark {
    @Override
    public String about() {
      return "about " + word;
    }

    @Override
    public boolean isIn(Size size) {
      return !isLong || size != Size.QUICK;
    }

    @Override
    public void measure(Run run) {
      run.add(Figure.of(word + " before", 1, "s"));
      if (fails) {
        throw new IllegalStateException("no broker");
      }
      run.add(Figure.of(word + " after", 2, "s"));
    }
  }

  private static final List<Benchmark> ALL =
      List.of(new Stub("a", false, false), new Stub("b", true, false), new Stub("c", false, true));

  @Test
  void aQuickRunLeavesOutWhatTakesLong() {
    assertThat(Suite.chosen(ALL, Size.QUICK, List.of())).containsExactly(ALL.get(0), ALL.get(2));
    assertThat(Suite.chosen(ALL, Size.NORMAL, List.of())).isEqualTo(ALL);
  }

  @Test
  void wordsChooseWhateverTheSizeInTheOrderOfTheSuite() {
    assertThat(Suite.chosen(ALL, Size.QUICK, List.of("b", "a")))
        .containsExactly(ALL.get(0), ALL.get(1));
  }

  @Test
  void anUnknownWordIsRefusedAndTheAllowedOnesAreNamed() {
    assertThatThrownBy(() -> Suite.chosen(ALL, Size.NORMAL, List.of("a", "latenzy")))
        .isInstanceOf(UnknownWordException.class)
        .hasMessage("there is no benchmark 'latenzy'; allowed: a, b, c");
  }

  @Test
  void oneThatFailsSaysWhyAndTheOthersAreMeasured() {
    List<String> said = new ArrayList<>();

    Results results = Bench.run(List.of(ALL.get(2), ALL.get(0)), Size.NORMAL, said::add);

    assertThat(results.failed()).isTrue();
    assertThat(results.parts().getFirst().failure()).contains("no broker");
    assertThat(results.figures())
        .extracting(Figure::name)
        .containsExactly("c before", "a before", "a after");
    assertThat(said).anyMatch(line -> line.contains("1 of 2  c: failed: "));
  }

  @Test
  void wordsAreUniqueAndEachSaysWhatItMeasures() {
    try (Stage stage = new Stage()) {
      List<Benchmark> all = Suite.all(stage);

      assertThat(new HashSet<>(all.stream().map(Benchmark::word).toList())).hasSize(all.size());
      assertThat(all).allMatch(benchmark -> benchmark.word().matches("[a-z]+"));
      assertThat(all).noneMatch(benchmark -> benchmark.about().isEmpty());
    }
  }
}
