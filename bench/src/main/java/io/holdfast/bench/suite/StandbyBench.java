package io.holdfast.bench.suite;

import io.holdfast.allocator.service.Allocator;
import io.holdfast.allocator.service.AllocatorApi.Place;
import io.holdfast.allocator.service.AllocatorConfig;
import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.frame.Target;
import io.holdfast.bench.load.Load.Answer;
import io.holdfast.bench.load.Load.Sendable;
import io.holdfast.bench.load.PairLoad;
import io.holdfast.bench.stack.Child;
import io.holdfast.bench.stack.Stack;
import io.holdfast.bench.stack.Stage;
import io.holdfast.standalone.Standalone;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Two allocators, each the other's standby; one is killed. */
public final class StandbyBench implements Benchmark {
  private static final double TARGET_S = 5;
  private static final Pattern READY = Pattern.compile("(?m)^(ready)$");
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final String STANDBYS = "num.standby.replicas";

  /** With the 6 s that brokers want at least unless told otherwise, it would be those. */
  private static final String SESSION_MS = "consumer.session.timeout.ms";

  private static final String HEARTBEAT_MS = "consumer.heartbeat.interval.ms";

  private final Stage stage;

  public StandbyBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "standby";
  }

  @Override
  public String about() {
    return "kill -9 of an allocator with a standby, until the standby's first outcome";
  }

  @Override
  public boolean isIn(Size size) {
    return size == Size.LARGE;
  }

  @Override
  public void measure(Run run) {
    Stack stack = stage.stack(false, run);
    Standalone standalone = stack.standalone();
    standalone.withoutAllocator(() -> {
      run.doing("starting two allocators");
      Path folder = stage.folder("standby");
      try (Child other = serve(standalone, folder);
          Allocator own =
              new Allocator(
                  withStandby(standalone.config()),
                  standalone.codec(),
                  new SimpleMeterRegistry())) {
        var _ = other.awaitSaying(READY);
        failover(stack, run, other, own);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    });
  }

  private static Child serve(Standalone standalone, Path folder) throws IOException {
    AllocatorConfig config = standalone.config();
    return Child.start(
        folder,
        "serve",
        "--bootstrap-servers",
        config.bootstrapServers(),
        "--registry",
        standalone.registryUrl().toString(),
        "--application",
        config.applicationId(),
        "--state-dir",
        folder.resolve("state").toString(),
        "--port",
        Integer.toString(StartBench.freePort()),
        "--partitions",
        Integer.toString(config.partitions()),
        "--replication",
        "1",
        "--kafka-config",
        STANDBYS + "=1",
        "--kafka-config",
        SESSION_MS + "=2500",
        "--kafka-config",
        HEARTBEAT_MS + "=500");
  }

  private static AllocatorConfig withStandby(AllocatorConfig c) {
    Map<String, String> kafka = new HashMap<>(c.kafka());
    kafka.put(STANDBYS, "1");
    kafka.put(SESSION_MS, "2500");
    kafka.put(HEARTBEAT_MS, "500");
    return new AllocatorConfig(
        c.bootstrapServers(),
        c.registry(),
        c.applicationId(),
        c.stateDir(),
        c.partitions(),
        c.replication(),
        c.flush(),
        c.threads(),
        c.commitInterval(),
        c.advertised(),
        c.settings(),
        kafka,
        c.commandRetention());
  }

  private static void failover(Stack stack, Run run, Child other, Allocator own)
      throws InterruptedException {
    String network = networkThere(stack, own);
    try (PairLoad load = PairLoad.of(stack.standalone(), network, "10.0.0.0/8", 10_000)) {
      run.doing("the allocator that has the network is killed");
      List<Sendable> pair = load.prepare(2);
      other.kill();
      long killed = System.nanoTime();
      for (Sendable command : pair) {
        var _ = load.send(command);
      }
      List<Answer> answers = load.answers(LOOK);
      while (answers.isEmpty()) {
        patient(killed);
        answers = load.answers(LOOK);
      }
      run.add(
          Figure.of(
                  "kill -9 to the standby's first outcome, session timeout 2.5 s",
                  (System.nanoTime() - killed) / 1e9,
                  "s")
              .aiming(Target.valueAtMost(TARGET_S)));
    }
  }

  /** A network whose partition the other one has; it is given some in a while. */
  private static String networkThere(Stack stack, Allocator own) {
    long began = System.nanoTime();
    while (true) {
      String network = stack.network("standby");
      if (own.locate(network) instanceof Place.There && own.notReady().isEmpty()) {
        return network;
      }
      patient(began);
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private static void patient(long since) {
    if (System.nanoTime() - since > LIMIT.toNanos()) {
      throw new IllegalStateException("that takes longer than " + LIMIT.toMinutes() + " minutes");
    }
  }
}
