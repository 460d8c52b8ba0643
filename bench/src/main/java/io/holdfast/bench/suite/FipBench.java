package io.holdfast.bench.suite;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.load.PairLoad;
import io.holdfast.bench.load.Runs;
import io.holdfast.bench.load.Script;
import io.holdfast.bench.load.Wishes;
import io.holdfast.bench.stack.Stack;
import io.holdfast.bench.stack.Stage;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.net.IpAddress;
import java.util.List;

/** Floating IPs that are bound and unbound. */
public final class FipBench implements Benchmark {
  private static final IpAddress INSIDE = IpAddress.parse("192.168.0.5");

  private final Stage stage;

  public FipBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "fip";
  }

  @Override
  public String about() {
    return "a floating IP bound and unbound in turns, one network, a burst";
  }

  @Override
  public boolean isIn(Size size) {
    return size != Size.QUICK;
  }

  @Override
  public void measure(Run run) {
    Stack stack = stage.stack(false, run);
    Script script = new Script(stack.standalone().codec(), stack.network("fip"));
    script.play(Wishes.pool("10.0.0.0/24"));
    IpAddress ip =
        script.play(Wishes.allocate(Wishes.owner("vm"), FamilyChoice.V4, 1, null)).getFirst().ip();
    try (PairLoad load =
        new PairLoad(
            stack.standalone(),
            List.of(script),
            s -> {
              s.play(new Command.BindFip(ip, INSIDE, "default", false, null));
              s.play(new Command.UnbindFip(ip, null));
            })) {
      Runs.done(load, script.take());
      run.doing("bursts");
      int count = run.size().of(4_000, 10_000, 50_000);
      var _ = Runs.burst(load, count);
      run.add(
          Figure.of("bind and unbind", Runs.burst(load, count), "commands/s")
              .against(Stack.LIMIT, stack.limitBacklog(run)));
    }
  }
}
