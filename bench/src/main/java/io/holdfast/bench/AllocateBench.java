package io.holdfast.bench;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.standalone.Standalone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Allocations through the topics: latency at a steady rate, and how fast a backlog is worked off.
 */
final class AllocateBench {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Standalone standalone;
  private final Consumer<String> progress;
  private final String label;

  AllocateBench(Standalone standalone, Consumer<String> progress, String label) {
    this.standalone = standalone;
    this.progress = progress;
    this.label = label;
  }

  List<Figure> run(int rate, Duration time, int backlog) {
    List<Figure> figures = new ArrayList<>();
    try (Client client = new Client(standalone.bootstrapServers(), standalone.codec())) {
      client.follow();
      definePool(client, "steady");
      definePool(client, "queued");
      progress.accept(label + ": warming up");
      steady(client, "warm", 200, Duration.ofSeconds(5));
      progress.accept(label + ": " + rate + " allocations/s for " + time.toSeconds() + " s");
      Histogram latency = steady(client, "steady", rate, time);
      boolean durable = label.equals("fsync");
      figures.add(
          new Figure(
              label + ": allocate at " + rate + "/s, produced to consumed, p50",
              latency.getValueAtPercentile(50) / 1e3,
              "ms",
              null,
              durable ? null : 15.0,
              true));
      figures.add(
          new Figure(
              label + ": allocate at " + rate + "/s, produced to consumed, p99",
              latency.getValueAtPercentile(99) / 1e3,
              "ms",
              null,
              durable ? null : 60.0,
              true));
      progress.accept(label + ": backlog of " + backlog);
      figures.add(
          new Figure(
              label + ": backlog of " + backlog + " allocations, one network",
              queued(client, backlog),
              "commands/s",
              null,
              10_000.0,
              false));
    }
    return figures;
  }

  private static void definePool(Client client, String network) {
    Command pool =
        new Command.DefinePool(
            "p",
            IpFamily.V4,
            List.of("10.0.0.0/8"),
            List.of(),
            null,
            null,
            300_000,
            Map.of(),
            null);
    await(client, 1, () -> get(client.send(network, "pool-" + network, pool)));
  }

  /**
   * Open loop: each command has its time, and its latency counts from then, so that a stall is not
   * hidden by the sender waiting for it.
   */
  private static Histogram steady(Client client, String network, int rate, Duration time) {
    if (network.equals("warm")) {
      definePool(client, network);
    }
    Histogram latency = new Histogram(60_000_000L, 3);
    Map<String, Long> due = new HashMap<>();
    int count = (int) (rate * time.toSeconds());
    long start = System.nanoTime();
    long pause = 1_000_000_000L / rate;
    int sent = 0;
    int received = 0;
    long deadline = start + time.toNanos() + PATIENCE.toNanos();
    while (received < count) {
      long now = System.nanoTime();
      while (sent < count && start + sent * pause <= now) {
        String id = network + "-" + sent;
        due.put(id, start + sent * pause);
        var _ = client.send(network, id, allocate(network + sent));
        sent++;
      }
      for (String id : client.outcomes(Duration.ofMillis(1))) {
        Long began = due.remove(id);
        if (began != null) {
          latency.recordValue((System.nanoTime() - began) / 1_000);
          received++;
        }
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(received + " of " + count + " outcomes came");
      }
    }
    return latency;
  }

  /**
   * Commands/s from the first outcome to the last, with all commands waiting before the allocator
   * starts.
   */
  private double queued(Client client, int count) {
    standalone.withoutAllocator(() -> {
      var last = client.send("queued", "q-0", allocate("q0"));
      for (int i = 1; i < count; i++) {
        last = client.send("queued", "q-" + i, allocate("q" + i));
      }
      get(last);
    });
    long first = 0;
    int received = 0;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int before = 0;
    while (received < count) {
      int came = client.outcomes(Duration.ofMillis(100)).size();
      if (came > 0 && first == 0) {
        first = System.nanoTime();
        before = came;
      }
      received += came;
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(received + " of " + count + " outcomes came");
      }
    }
    return (count - before) / ((System.nanoTime() - first) / 1e9);
  }

  private static Command allocate(String owner) {
    return new Command.AllocateEip(
        List.of("p"),
        new Owner("bench", "Pod", "", owner, ""),
        null,
        FamilyChoice.V4,
        1,
        null,
        null);
  }

  private static void await(Client client, int outcomes, Runnable send) {
    send.run();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int came = 0;
    while (came < outcomes && System.nanoTime() < deadline) {
      came += client.outcomes(Duration.ofMillis(50)).size();
    }
  }

  private static void get(java.util.concurrent.Future<?> sent) {
    try {
      sent.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker did not take a command", e.getCause());
    }
  }
}
