package io.holdfast.bench.suite;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.load.PairLoad;
import io.holdfast.bench.load.Runs;
import io.holdfast.bench.stack.Stack;
import io.holdfast.bench.stack.Stage;
import io.holdfast.embedded.EmbeddedPostgresql;
import io.holdfast.embedded.PostgresqlOptions;
import io.holdfast.projector.db.AuditDatabase;
import io.holdfast.projector.log.Consumers;
import io.holdfast.projector.log.EntryReader;
import io.holdfast.projector.log.LogScan;
import io.holdfast.projector.project.Projector;
import io.holdfast.projector.replay.Replay;
import io.holdfast.standalone.Standalone;
import io.holdfast.wire.Contract;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** How fast the log is read again: bare, folded, and into PostgreSQL. */
public final class ReplayBench implements Benchmark {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final String BARE = "the same records read and not looked at";

  private final Stage stage;

  public ReplayBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "replay";
  }

  @Override
  public String about() {
    return "the log read again: folded in memory with every proof checked, and projected into"
        + " PostgreSQL";
  }

  @Override
  public boolean isIn(Size size) {
    return size == Size.LARGE;
  }

  @Override
  public void measure(Run run) {
    Stack stack = stage.stack(false, run);
    Standalone standalone = stack.standalone();
    String network = stack.network("replay");
    int events = run.size().of(20_000, 50_000, 500_000);
    run.doing(events + " events are made");
    try (PairLoad load = PairLoad.of(standalone, network, "10.0.0.0/8", events)) {
      Runs.done(load, load.prepare(2));
    }
    Consumers consumers = Consumers.of(standalone.bootstrapServers());
    LogScan log = new LogScan(consumers, new EntryReader(standalone.codec()));
    run.doing("reading");
    var _ = read(log);
    double bare = read(log);
    run.doing("replaying");
    var _ = replayed(log, network);
    run.add(
        Figure.of("replay of one network", replayed(log, network), "events/s").against(BARE, bare));
    run.doing("projecting");
    run.add(
        Figure.of("projector, all networks", projected(consumers, standalone), "events/s")
            .against(BARE, bare));
  }

  private static double read(LogScan log) {
    long[] count = {0};
    long began = System.nanoTime();
    log.raw(
        Contract.EVENTS,
        Optional.empty(),
        (done, all) -> {},
        (place, key, value) -> {
          count[0]++;
          return true;
        });
    return count[0] / ((System.nanoTime() - began) / 1e9);
  }

  private static double replayed(LogScan log, String network) {
    long began = System.nanoTime();
    long events = new Replay(log).run(network, Replay.Until.END, (done, all) -> {}).sequence();
    return events / ((System.nanoTime() - began) / 1e9);
  }

  private double projected(Consumers consumers, Standalone standalone) {
    try (EmbeddedPostgresql postgresql =
        EmbeddedPostgresql.start(PostgresqlOptions.in(stage.folder("postgresql")))) {
      long began = System.nanoTime();
      try (Projector projector =
          Projector.start(
              consumers,
              new AuditDatabase(postgresql.jdbcUrl()),
              standalone.codec(),
              new SimpleMeterRegistry())) {
        while (projector.progress().events() == 0 || projector.progress().lag() > 0) {
          if (System.nanoTime() - began > LIMIT.toNanos()) {
            throw new IllegalStateException("it does not get on: " + projector.trouble());
          }
          LockSupport.parkNanos(LOOK.toNanos());
        }
        return projector.progress().events() / ((System.nanoTime() - began) / 1e9);
      }
    }
  }
}
