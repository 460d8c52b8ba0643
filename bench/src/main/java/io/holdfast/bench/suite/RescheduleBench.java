package io.holdfast.bench.suite;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Target;
import io.holdfast.bench.load.PairLoad;
import io.holdfast.bench.load.Runs;
import io.holdfast.bench.load.Script;
import io.holdfast.bench.stack.Stack;
import io.holdfast.bench.stack.Stage;
import io.holdfast.domain.command.Command;
import java.util.List;

/** Whether moving a gateway costs more when it carries more. */
public final class RescheduleBench implements Benchmark {
  private static final double TARGET = 1.2;
  private static final int MANY = 10_000;
  private static final List<String> NODES = List.of("node-1", "node-2");

  private final Stage stage;

  public RescheduleBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "reschedule";
  }

  @Override
  public String about() {
    return "a gateway with 1 and with 10,000 EIPs moved to and fro, in bursts";
  }

  @Override
  public void measure(Run run) {
    Stack stack = stage.stack(false, run);
    run.doing("attaching " + MANY + " addresses");
    try (PairLoad one = moving(stack, 1);
        PairLoad many = moving(stack, MANY)) {
      int rounds = run.size().of(5, 9, 15);
      int moves = run.size().of(100, 200, 500);
      double[] small = new double[rounds];
      double[] large = new double[rounds];
      for (int round = -1; round < rounds; round++) {
        run.doing(round < 0 ? "warming up" : "round " + (round + 1) + " of " + rounds);
        double first = 1e6 / Runs.burst(one, moves);
        double second = 1e6 / Runs.burst(many, moves);
        if (round >= 0) {
          small[round] = first;
          large[round] = second;
        }
      }
      run.add(Figure.of("with 1 EIP", Runs.median(small), "us/move"));
      run.add(
          Figure.of("with 10,000 EIPs", Runs.median(large), "us/move")
              .against("with 1 EIP", Runs.median(small))
              .aiming(Target.ratioAtMost(TARGET)));
    }
  }

  private static PairLoad moving(Stack stack, int addresses) {
    Script script = Gateways.start(stack, "move", NODES.toArray(String[]::new));
    Gateways.define(script, "gw", NODES, addresses);
    PairLoad load =
        new PairLoad(
            stack.standalone(),
            List.of(script),
            s -> {
              s.play(new Command.RescheduleGateway("gw", NODES.get(1)));
              s.play(new Command.RescheduleGateway("gw", NODES.get(0)));
            });
    Runs.done(load, script.take());
    return load;
  }
}
