package io.holdfast.bench.suite;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.load.ChangedRows;
import io.holdfast.bench.load.LimitLoad;
import io.holdfast.bench.load.Load;
import io.holdfast.bench.load.PairLoad;
import io.holdfast.bench.load.Runs;
import io.holdfast.bench.stack.Stack;
import io.holdfast.bench.stack.Stage;
import java.util.Locale;

/**
 * What bounds a backlog: a topology that decides, encodes and hashes nothing, but puts as many rows
 * as allocations and releases change.
 */
public final class BoundBench implements Benchmark {
  private final Stage stage;

  public BoundBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "bound";
  }

  @Override
  public String about() {
    return "backlogs of a topology that decides nothing and writes as many rows as ours, and of ours";
  }

  @Override
  public boolean isIn(Size size) {
    return size == Size.LARGE;
  }

  @Override
  public void measure(Run run) {
    Stack stack = stage.stack(false, run);
    double limit = stack.limitBacklog(run);
    int count = Stack.backlogSize(run);
    try (Load ours = PairLoad.of(stack.standalone(), stack.network("bound"), "10.0.0.0/8", 0)) {
      run.doing("the rows of a command are counted");
      ChangedRows rows = ChangedRows.of(stack.standalone(), ours);
      run.add(Figure.of("rows that a command changes", rows.each(), "rows"));
      int puts = (int) Math.round(rows.each());
      double bound;
      try (Load as =
          new LimitLoad(stack.standalone(), "bound", stack.sizes(), puts, rows.bytes())) {
        run.doing("a topology with " + puts + " puts a command works off backlogs");
        bound = Runs.backlog(as, count, Stack.rounds(run));
      }
      String what =
          String.format(Locale.ROOT, "one get and %d puts of %d bytes", puts, rows.bytes());
      run.add(Figure.of(what, bound, "commands/s").against(Stack.LIMIT, limit));
      run.doing("the allocator works off backlogs");
      double own = Runs.backlog(ours, count, Stack.rounds(run));
      run.add(Figure.of("allocate and release", own, "commands/s").against(what, bound));
    }
  }
}
