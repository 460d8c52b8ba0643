package io.holdfast.bench;

import io.holdfast.standalone.Standalone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Allocations through the topics: how fast a backlog is worked off, and the latency at a steady
 * rate, each beside the same of a topology that decides nothing.
 */
final class AllocateBench {
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  private final Standalone standalone;
  private final Consumer<String> progress;
  private final boolean durable;

  /**
   * @param durable whether the broker flushes; then latency has no target
   */
  AllocateBench(Standalone standalone, Consumer<String> progress, boolean durable) {
    this.standalone = standalone;
    this.progress = progress;
    this.durable = durable;
  }

  /** What one load reaches. */
  private record Reached(double p50, double p99, double backlog) {}

  List<Figure> run(int rate, Duration time, int backlog) {
    Reached limit;
    try (Load load = new LimitLoad(standalone)) {
      limit = measure(load, "the limit", rate, time, backlog);
    }
    Reached ours;
    try (Load load = new AllocateLoad(standalone)) {
      ours = measure(load, "allocate", rate, time, backlog);
    }
    String label = (durable ? "fsync" : "no fsync") + ": ";
    String latency = label + "allocate at " + rate + "/s, produced to consumed, ";
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure(latency + "p50", ours.p50(), "ms", limit.p50(), durable ? null : 15.0, true));
    figures.add(
        new Figure(latency + "p99", ours.p99(), "ms", limit.p99(), durable ? null : 60.0, true));
    figures.add(
        new Figure(
            label + "backlog of " + backlog + " allocations, one network",
            ours.backlog(),
            "commands/s",
            limit.backlog(),
            10_000.0,
            false));
    return figures;
  }

  /** The first backlog and the first seconds only warm the JVM up. */
  private Reached measure(Load load, String name, int rate, Duration time, int backlog) {
    progress.accept(name + ": warming up");
    var _ = Runs.workOff(load, "warm", backlog);
    var _ = Runs.steady(load, "warm-steady", rate, WARM_UP);
    progress.accept(name + ": " + rate + " commands/s for " + time.toSeconds() + " s");
    Histogram latency = Runs.steady(load, "steady", rate, time);
    progress.accept(name + ": backlogs of " + backlog);
    double perSecond = Runs.backlog(load, "queued", backlog);
    return new Reached(
        latency.getValueAtPercentile(50) / 1e3, latency.getValueAtPercentile(99) / 1e3, perSecond);
  }
}
