package io.holdfast.bench.suite;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.frame.Target;
import io.holdfast.bench.load.Load;
import io.holdfast.bench.load.PairLoad;
import io.holdfast.bench.load.Runs;
import io.holdfast.bench.stack.Stack;
import io.holdfast.bench.stack.Stage;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How long an answer takes at steady rates. */
public final class LatencyBench implements Benchmark {
  /** The rate with a target, commands/s. */
  static final int AIMED = 1_000;

  private static final double TARGET = 1.5;
  private static final int[] RATES = {100, AIMED, 5_000};
  private static final Duration WARM_UP = Duration.ofSeconds(1);

  private final Stage stage;

  public LatencyBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "latency";
  }

  @Override
  public String about() {
    return "allocate and release, from the time a command is due to its committed answer read;"
        + " open loop, not flushed";
  }

  @Override
  public void measure(Run run) {
    Stack stack = stage.stack(false, run);
    for (int rate : run.size() == Size.QUICK ? new int[] {AIMED} : RATES) {
      at(stack, rate, run);
    }
  }

  /** One after the other at the same rate, so that both meet the same machine. */
  static void at(Stack stack, int rate, Run run) {
    Duration time = Duration.ofSeconds(run.size().of(2, 3, 20));
    Load limit = stack.limit();
    run.doing("the limit at " + rate + " commands/s");
    var _ = Runs.warm(limit);
    var _ = Runs.steady(limit, Math.min(rate, AIMED), WARM_UP);
    Histogram theirs = Runs.steady(limit, rate, time);
    run.doing("the allocator at " + rate + " commands/s");
    try (Load load = PairLoad.of(stack.standalone(), stack.network("latency"), "10.0.0.0/8", 0)) {
      var _ = Runs.warm(load);
      var _ = Runs.steady(load, Math.min(rate, AIMED), WARM_UP);
      Histogram ours = Runs.steady(load, rate, time);
      Target target = rate == AIMED ? Target.ratioAtMost(TARGET) : null;
      run.add(percentile(rate, 50, ours, theirs, target));
      run.add(percentile(rate, 99, ours, theirs, target));
      run.add(percentile(rate, 100, ours, theirs, null));
    }
  }

  private static Figure percentile(
      int rate, int percent, Histogram ours, Histogram theirs, @Nullable Target target) {
    Figure figure =
        Figure.of(
                rate + "/s, " + (percent == 100 ? "max" : "p" + percent),
                ours.getValueAtPercentile(percent) / 1e3,
                "ms")
            .against(
                Stack.LIMIT + ", at the same rate", theirs.getValueAtPercentile(percent) / 1e3);
    return target == null ? figure : figure.aiming(target);
  }
}
