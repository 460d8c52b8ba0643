package io.holdfast.bench.suite;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.load.PairLoad;
import io.holdfast.bench.load.Reports;
import io.holdfast.bench.load.Runs;
import io.holdfast.bench.load.Script;
import io.holdfast.bench.stack.Stack;
import io.holdfast.bench.stack.Stage;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;
import io.holdfast.standalone.Standalone;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an agent's view of a gateway costs. */
public final class ObserveBench implements Benchmark {
  private static final int ITEMS = 10_000;
  private static final String GATEWAY = "gw";
  private static final String NODE = "node-1";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Stage stage;
  private long number;

  public ObserveBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "observe";
  }

  @Override
  public String about() {
    return "an observation of 10,000 addresses, from its sending to their being known as seen";
  }

  @Override
  public boolean isIn(Size size) {
    return size != Size.QUICK;
  }

  @Override
  public void measure(Run run) {
    Stack stack = stage.stack(false, run);
    Script script = Gateways.start(stack, "observe", NODE);
    try (PairLoad load = new PairLoad(stack.standalone(), List.of(script), s -> {})) {
      run.doing("attaching " + ITEMS + " addresses");
      Gateways.define(script, GATEWAY, List.of(NODE), ITEMS);
      Runs.done(load, script.take());
    }
    List<IpAddress> all = Gateways.addresses(script, GATEWAY, ITEMS);
    List<IpAddress> last = List.of(all.getLast());
    int rounds = run.size().of(3, 5, 9);
    double[] every = new double[rounds];
    double[] oneOfAll = new double[rounds];
    double[] oneAlone = new double[rounds];
    for (int round = -1; round < rounds; round++) {
      run.doing(round < 0 ? "warming up" : "round " + (round + 1) + " of " + rounds);
      double a = took(stack, script, true, all);
      double b = took(stack, script, true, all.subList(0, ITEMS - 1));
      double c = took(stack, script, false, last);
      var _ = took(stack, script, true, List.of());
      if (round >= 0) {
        every[round] = a;
        oneOfAll[round] = b;
        oneAlone[round] = c;
      }
    }
    String limit = "an observation of one address, which is new";
    double one = Runs.median(oneAlone);
    run.add(Figure.of("10,000 addresses, all new", Runs.median(every), "ms").against(limit, one));
    run.add(Figure.of("10,000, one changed", Runs.median(oneOfAll), "ms").against(limit, one));
  }

  /** Milliseconds until the last address is known by this observation, which changes it. */
  private double took(Stack stack, Script script, boolean complete, List<IpAddress> there) {
    number++;
    long own = number;
    Standalone standalone = stack.standalone();
    byte[] report =
        Reports.encode(
            standalone,
            "seen-" + own,
            new Report.Observation(
                GATEWAY,
                NODE,
                1,
                own,
                Gateways.of(script, GATEWAY).revision(),
                complete,
                there.stream().map(ip -> new Report.SeenAddress(ip, 32)).toList(),
                List.of(),
                List.of(),
                List.of()));
    IpAddress last = Gateways.addresses(script, GATEWAY, ITEMS).getLast();
    long began = System.nanoTime();
    Reports.send(standalone, script.network(), report);
    if (!standalone
        .allocator()
        .await(
            script.network(), view -> numberOf(view.state().addresses().get(last)) >= own, LIMIT)) {
      throw new IllegalStateException("observation " + own + " was not taken");
    }
    return (System.nanoTime() - began) / 1e6;
  }

  private static long numberOf(@Nullable Address address) {
    return address == null
        ? 0
        : address.carriages().stream()
            .mapToLong(c -> c.seen() == null ? 0 : c.seen().observation())
            .max()
            .orElse(0);
  }
}
