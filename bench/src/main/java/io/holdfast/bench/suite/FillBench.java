package io.holdfast.bench.suite;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.frame.Target;
import io.holdfast.bench.load.PairLoad;
import io.holdfast.bench.load.Runs;
import io.holdfast.bench.stack.Stack;
import io.holdfast.bench.stack.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a command costs more in a full pool, or in a large one, through the topics. */
public final class FillBench implements Benchmark {
  private static final double TARGET = 1.1;

  private final Stage stage;

  public FillBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "fill";
  }

  @Override
  public String about() {
    return "what a command costs (allocate and release in turns, a burst) by pool and fill";
  }

  @Override
  public boolean isIn(Size size) {
    return size != Size.QUICK;
  }

  private record Case(String range, int held, String name) {}

  /** The first is the one that the others are held against. */
  private static List<Case> cases(Size size) {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("10.0.0.0/24", 0, "/24, empty"));
    if (size != Size.QUICK) {
      cases.add(new Case("10.0.0.0/24", 127, "/24, 50 % held"));
      cases.add(new Case("10.0.0.0/24", 229, "/24, 90 % held"));
    }
    cases.add(new Case("10.0.0.0/24", 252, "/24, 99 % held"));
    if (size != Size.QUICK) {
      cases.add(new Case("10.0.0.0/16", 64_879, "/16, 99 % held"));
    }
    int held = size.of(10_000, 20_000, 1_000_000);
    String capped = String.format(Locale.ROOT, ", %,d held", held);
    cases.add(new Case("10.0.0.0/8", held, "/8" + capped));
    cases.add(new Case("fd00::/64", held, "/64" + capped));
    return cases;
  }

  @Override
  public void measure(Run run) {
    Stack stack = stage.stack(false, run);
    List<Case> cases = cases(run.size());
    List<PairLoad> loads = new ArrayList<>();
    try {
      for (Case one : cases) {
        run.doing("filling: " + one.name());
        loads.add(PairLoad.of(stack.standalone(), stack.network("fill"), one.range(), one.held()));
      }
      double[] costs = costs(loads, run);
      run.add(Figure.of(cases.getFirst().name(), costs[0], "us/command"));
      for (int i = 1; i < costs.length; i++) {
        run.add(
            Figure.of(cases.get(i).name(), costs[i], "us/command")
                .against("an empty /24", costs[0])
                .aiming(Target.ratioAtMost(TARGET)));
      }
    } finally {
      loads.forEach(PairLoad::close);
    }
  }

  /** In turns, so that what else the machine does meets all of them; microseconds a command. */
  private static double[] costs(List<PairLoad> loads, Run run) {
    int rounds = run.size().of(3, 5, 9);
    int count = run.size().of(1_000, 2_000, 10_000);
    double[][] rates = new double[loads.size()][rounds];
    run.doing("warming up");
    var _ = Runs.warm(loads.getFirst());
    for (int round = -1; round < rounds; round++) {
      run.doing(round < 0 ? "each once" : "round " + (round + 1) + " of " + rounds);
      for (int turn = 0; turn < loads.size(); turn++) {
        // To and fro: being the first of a round is nobody's lot for ever.
        int i = round % 2 == 0 ? turn : loads.size() - 1 - turn;
        double rate = Runs.burst(loads.get(i), count);
        if (round >= 0) {
          rates[i][round] = rate;
        }
      }
    }
    double[] costs = new double[loads.size()];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = 1e6 / Runs.median(rates[i]);
    }
    return costs;
  }
}
