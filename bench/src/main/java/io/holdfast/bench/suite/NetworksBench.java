package io.holdfast.bench.suite;

import io.holdfast.allocator.service.Allocator;
import io.holdfast.allocator.service.AllocatorConfig;
import io.holdfast.allocator.topology.NetworkName;
import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.load.PairLoad;
import io.holdfast.bench.load.Runs;
import io.holdfast.bench.stack.Stack;
import io.holdfast.bench.stack.Stage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;

/** What more threads give where networks are on several partitions. */
public final class NetworksBench implements Benchmark {
  private static final int THREADS = 2;

  private final Stage stage;

  public NetworksBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "networks";
  }

  @Override
  public String about() {
    return "several networks on several partitions, an allocator with " + THREADS + " threads";
  }

  @Override
  public boolean isIn(Size size) {
    return size != Size.QUICK;
  }

  @Override
  public void measure(Run run) {
    Stack stack = stage.stack(false, run);
    stack
        .standalone()
        .withoutAllocator(() -> {
          run.doing("starting an allocator with " + THREADS + " threads");
          try (Allocator allocator =
              new Allocator(
                  config(stack.standalone().config()),
                  stack.standalone().codec(),
                  new SimpleMeterRegistry())) {
            measure(stack, run, allocator);
          }
        });
  }

  private static void measure(Stack stack, Run run, Allocator allocator) {
    int partitions = stack.standalone().config().partitions();
    List<String> many = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      many.add(networkOn(stack, partition, partitions));
    }
    int count = run.size().of(4_000, 10_000, 50_000);
    try (PairLoad one = PairLoad.of(stack.standalone(), stack.network("alone"), "10.0.0.0/8", 0);
        PairLoad all = PairLoad.of(stack.standalone(), many, "10.0.0.0/8", 0)) {
      double[] alone = new double[Stack.rounds(run)];
      double[] together = new double[alone.length];
      for (int round = -1; round < alone.length; round++) {
        run.doing(round < 0 ? "warming up" : "round " + (round + 1) + " of " + alone.length);
        double first = Runs.burst(one, count);
        double second = Runs.burst(all, count);
        if (round >= 0) {
          alone[round] = first;
          together[round] = second;
        }
      }
      String missing = allocator.notReady();
      if (!missing.isEmpty()) {
        throw new IllegalStateException(missing);
      }
      run.add(
          Figure.of(
                  many.size() + " networks on " + partitions + " partitions",
                  Runs.median(together),
                  "commands/s")
              .against("one network, the same allocator", Runs.median(alone)));
    }
  }

  private static String networkOn(Stack stack, int partition, int partitions) {
    while (true) {
      String name = stack.network("many");
      if (NetworkName.partition(name, partitions) == partition) {
        return name;
      }
    }
  }

  private static AllocatorConfig config(AllocatorConfig c) {
    return new AllocatorConfig(
        c.bootstrapServers(),
        c.registry(),
        c.applicationId(),
        c.stateDir(),
        c.partitions(),
        c.replication(),
        c.flush(),
        THREADS,
        c.commitInterval(),
        c.advertised(),
        c.settings(),
        c.kafka(),
        c.commandRetention());
  }
}
