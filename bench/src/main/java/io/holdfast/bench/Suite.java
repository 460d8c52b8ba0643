package io.holdfast.bench;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.stack.Stage;
import io.holdfast.bench.suite.BacklogBench;
import io.holdfast.bench.suite.BoundBench;
import io.holdfast.bench.suite.DomainBench;
import io.holdfast.bench.suite.FillBench;
import io.holdfast.bench.suite.FipBench;
import io.holdfast.bench.suite.FsyncBench;
import io.holdfast.bench.suite.HttpBench;
import io.holdfast.bench.suite.LatencyBench;
import io.holdfast.bench.suite.NetworksBench;
import io.holdfast.bench.suite.ObserveBench;
import io.holdfast.bench.suite.ProducerBench;
import io.holdfast.bench.suite.ReplayBench;
import io.holdfast.bench.suite.RescheduleBench;
import io.holdfast.bench.suite.StandbyBench;
import io.holdfast.bench.suite.StartBench;
import java.util.List;

/** The benchmarks, in the order in which they are run. */
final class Suite {
  private Suite() {}

  static List<Benchmark> all(Stage stage) {
    return List.of(
        new DomainBench(stage),
        new ProducerBench(stage),
        new BacklogBench(stage),
        new BoundBench(stage),
        new LatencyBench(stage),
        new FillBench(stage),
        new NetworksBench(stage),
        new FipBench(stage),
        new ObserveBench(stage),
        new RescheduleBench(stage),
        new HttpBench(stage),
        new ReplayBench(stage),
        new StandbyBench(stage),
        new FsyncBench(stage),
        new StartBench(stage));
  }

  /** Those that are asked for, in their order; without words those of this size. */
  static List<Benchmark> chosen(List<Benchmark> all, Size size, List<String> only) {
    List<String> words = all.stream().map(Benchmark::word).toList();
    for (String word : only) {
      if (!words.contains(word)) {
        throw new UnknownWordException(
            "there is no benchmark '" + word + "'; allowed: " + String.join(", ", words));
      }
    }
    return all.stream()
        .filter(b -> only.isEmpty() ? b.isIn(size) : only.contains(b.word()))
        .toList();
  }
}
