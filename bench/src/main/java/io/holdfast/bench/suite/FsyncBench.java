package io.holdfast.bench.suite;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.stack.Stack;
import io.holdfast.bench.stack.Stage;

/** The same as backlog and latency with a broker that flushes, held against a limit that does. */
public final class FsyncBench implements Benchmark {
  private final Stage stage;

  public FsyncBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "fsync";
  }

  @Override
  public String about() {
    return "backlog and latency with events and answers on disk before they are answered, as 'up'"
        + " does; so does the limit";
  }

  @Override
  public void measure(Run run) {
    Stack stack = stage.stack(true, run);
    run.add(BacklogBench.figure(stack, run));
    LatencyBench.at(stack, LatencyBench.AIMED, run);
  }
}
