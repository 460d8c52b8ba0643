package io.holdfast.bench.suite;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Target;
import io.holdfast.bench.load.Load;
import io.holdfast.bench.load.PairLoad;
import io.holdfast.bench.load.Runs;
import io.holdfast.bench.stack.Stack;
import io.holdfast.bench.stack.Stage;

/** How fast commands that wait are worked off, in one network. */
public final class BacklogBench implements Benchmark {
  static final double TARGET = 0.5;

  private final Stage stage;

  public BacklogBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "backlog";
  }

  @Override
  public String about() {
    return "allocate and release in turns, one network, commands that wait; not flushed";
  }

  @Override
  public void measure(Run run) {
    Stack stack = stage.stack(false, run);
    run.add(figure(stack, run));
  }

  /** The same for a broker that flushes and for one that does not. */
  static Figure figure(Stack stack, Run run) {
    double limit = stack.limitBacklog(run);
    int count = Stack.backlogSize(run);
    run.doing("the allocator works off backlogs of up to " + count + " commands");
    try (Load load = PairLoad.of(stack.standalone(), stack.network("backlog"), "10.0.0.0/8", 0)) {
      double ours = Runs.backlog(load, count, Stack.rounds(run));
      return Figure.of("allocate and release", ours, "commands/s")
          .against(Stack.LIMIT, limit)
          .aiming(Target.ratioAtLeast(TARGET));
    }
  }
}
