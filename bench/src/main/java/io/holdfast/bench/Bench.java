package io.holdfast.bench;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Results;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.stack.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Runs benchmarks, one after the other. */
public final class Bench {
  private Bench() {}

  /**
   * Measures.
   *
   * @param only words of those to run; empty: all that belong to a run of this size
   * @param progress takes a line for people at each step
   * @throws UnknownWordException if there is no such word
   */
  public static Results run(Size size, List<String> only, Consumer<String> progress) {
    try (Stage stage = new Stage()) {
      return run(Suite.chosen(Suite.all(stage), size, only), size, progress);
    }
  }

  static Results run(List<Benchmark> benchmarks, Size size, Consumer<String> progress) {
    long began = System.nanoTime();
    List<Results.Part> parts = new ArrayList<>();
    for (Benchmark benchmark : benchmarks) {
      Run run =
          new Run(
              size,
              line ->
                  progress.accept(
                      String.format(
                          Locale.ROOT,
                          "%5.1f s  %d of %d  %s: %s",
                          (System.nanoTime() - began) / 1e9,
                          parts.size() + 1,
                          benchmarks.size(),
                          benchmark.word(),
                          line)));
      run.doing(benchmark.about());
      String failure = measure(benchmark, run);
      parts.add(new Results.Part(benchmark.word(), benchmark.about(), run.figures(), failure));
    }
    return new Results(parts);
  }

  /** Why it could not be measured; empty: it was. The others are measured whatever happens here. */
  private static String measure(Benchmark benchmark, Run run) {
    try {
      benchmark.measure(run);
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } catch (Exception e) {
      run.doing("failed: " + e);
      Throwable cause = e.getCause();
      return e + (cause == null ? "" : ", because of " + cause);
    }
  }
}
