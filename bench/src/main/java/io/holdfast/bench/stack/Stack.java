package io.holdfast.bench.stack;

import io.holdfast.bench.frame.Run;
import io.holdfast.bench.load.LimitLoad;
import io.holdfast.bench.load.Load;
import io.holdfast.bench.load.Runs;
import io.holdfast.bench.load.Sizes;
import io.holdfast.domain.decide.Settings;
import io.holdfast.standalone.Standalone;
import io.holdfast.standalone.StandaloneOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Broker, registry and allocator in this process, and beside them the limit. */
public final class Stack implements AutoCloseable {
  /** The bare topology, in words. */
  public static final String LIMIT =
      "a topology with the same settings that does one get and one put a command";

  private static final Duration WARM_UP = Duration.ofSeconds(1);

  /** Nodes send no heartbeats here, and are not to be lost for it. */
  private static final Settings SETTINGS = new Settings(3_600_000, 3_600_000, 3_600_000);

  private final Standalone standalone;
  private @Nullable LimitLoad limit;
  private @Nullable Sizes sizes;
  private @Nullable Double backlog;
  private @Nullable Histogram gentle;
  private int networks;

  Stack(Path folder, boolean fsync, Run run) {
    run.doing("starting a broker, a registry and an allocator");
    standalone =
        Standalone.start(
            StandaloneOptions.in(folder).withFsync(fsync).withSettings(SETTINGS), line -> {});
  }

  public Standalone standalone() {
    return standalone;
  }

  /** A name that no network has yet. */
  public String network(String what) {
    networks++;
    return what + "-" + networks;
  }

  /** Bytes of the allocator's records. */
  public Sizes sizes() {
    if (sizes == null) {
      sizes = Sizes.of(standalone);
    }
    return sizes;
  }

  /** The bare topology. It stays there, idle, as the allocator does while the limit works. */
  public Load limit() {
    if (limit == null) {
      limit = new LimitLoad(standalone, "limit", sizes());
    }
    return limit;
  }

  /** Commands/s that the limit works off a backlog with; measured once. */
  public double limitBacklog(Run run) {
    if (backlog == null) {
      Load load = limit();
      int count = backlogSize(run);
      run.doing("the limit works off backlogs of up to " + count + " commands");
      backlog = Runs.backlog(load, count, rounds(run));
    }
    return backlog;
  }

  /** Latency of the limit at a rate that anything keeps up with, microseconds; measured once. */
  public Histogram limitLatency(Run run) {
    if (gentle == null) {
      Load load = limit();
      run.doing("the limit answers 100 commands/s");
      var _ = Runs.steady(load, 1_000, WARM_UP);
      gentle = Runs.steady(load, 100, Duration.ofSeconds(run.size().of(2, 3, 10)));
    }
    return gentle;
  }

  /** How many commands wait before a backlog is worked off. */
  public static int backlogSize(Run run) {
    return run.size().of(10_000, 20_000, 50_000);
  }

  public static int rounds(Run run) {
    return run.size().of(1, 3, 5);
  }

  @Override
  public void close() {
    if (limit != null) {
      limit.close();
    }
    standalone.close();
  }
}
