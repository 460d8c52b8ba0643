package io.holdfast.bench.domain;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Decider;
import io.holdfast.domain.decide.Decision;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.MemoryState;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** One address is allocated and released, decided and folded in memory, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
public class PairsBenchmark {
  /** More than so many held addresses do not fit on the heap. */
  public static final int MOST_HELD = 1_000_000;

  /**
   * Answers are forgotten after a second of the benchmark's clock, as in production after an hour.
   */
  private static final Settings SETTINGS = new Settings(15_000, 300_000, 1_000);

  private static final int OWNERS = 1_000;
  private static final int MOST_AT_ONCE = 256;

  /** Timers fire between commands, for some at a time. */
  private static final int TIMERS_EVERY = 64;

  private static final int TIMERS_AT_ONCE = 100;

  /** Of the thread's own time: on a machine that others use, compilers are late. */
  private static final long WARM_NANOS = 1_500_000_000L;

  /** What the pool covers. */
  @Param({"10.0.0.0/24", "10.0.0.0/8", "fd00::/64"})
  public String range = "10.0.0.0/24";

  /** How much of it is held, percent. */
  @Param({"0", "50", "90", "99"})
  public int fill;

  private final Decider decider = new Decider(SETTINGS);
  private final MemoryState state = new MemoryState();
  private final Owner[] owners = new Owner[OWNERS];
  private Head head = Head.START;
  private long now = 1_000_000;
  private long pairs;
  private long ids;

  /** How many addresses are held at a fill. */
  public static int held(String range, int fill) {
    int bits = (range.contains(":") ? 128 : 32) - prefixLength(range);
    int size = bits >= 20 ? MOST_HELD : Math.min(MOST_HELD, (1 << bits) - 2);
    return (int) (size * (long) fill / 100);
  }

  /** Whether the heap is the limit, not the pool. */
  public static boolean isCapped(String range, int fill) {
    return fill > 0 && (range.contains(":") ? 128 : 32) - prefixLength(range) >= 20;
  }

  private static int prefixLength(String range) {
    return Integer.parseInt(range.substring(range.indexOf('/') + 1));
  }

  /** What an iteration took of the processor: on a shared machine its time says less. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Cpu {
    /** Pairs of the iteration. */
    public long done;

    /** Nanoseconds of the thread. */
    public long nanos;

    private long began;

    /** The clock starts. */
    @Setup(Level.Iteration)
    public void start() {
      began = now();
    }

    /** The clock stops. */
    @TearDown(Level.Iteration)
    public void stop() {
      nanos = now() - began;
    }

    private static long now() {
      return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
  }

  /** Has the pool filled, and the compilers woken. */
  @Setup(Level.Trial)
  public void prepare() {
    fill();
    long until = Cpu.now() + WARM_NANOS;
    while (Cpu.now() < until) {
      for (int i = 0; i < OWNERS; i++) {
        var _ = pair();
      }
    }
  }

  /** Has the pool filled. */
  void fill() {
    for (int i = 0; i < OWNERS; i++) {
      owners[i] = new Owner("bench", "Pod", "default", "o" + i, "u" + i);
    }
    run(
        new Command.DefinePool(
            "p",
            isV6() ? IpFamily.V6 : IpFamily.V4,
            List.of(range),
            List.of(),
            null,
            null,
            0,
            Map.of(),
            null,
            PoolPolicy.LEAST_RECENTLY_USED,
            0,
            0,
            false,
            0,
            0));
    int held = held(range, fill);
    for (int done = 0; done < held; done += MOST_AT_ONCE) {
      run(
          allocate(
              new Owner("bench", "VM", "", "h" + done, ""), Math.min(MOST_AT_ONCE, held - done)));
    }
  }

  private boolean isV6() {
    return range.contains(":");
  }

  private Command allocate(Owner owner, int count) {
    return new Command.AllocateEip(
        List.of("p"), owner, null, isV6() ? FamilyChoice.V6 : FamilyChoice.V4, count, null, null);
  }

  private Outcome.Accepted run(Command command) {
    Decision<Outcome> decision =
        decider.command(
            state, head, new CommandMeta("c-" + ids++, "bench", "", false), command, now);
    if (!(decision.answer() instanceof Outcome.Accepted accepted)) {
      throw new IllegalStateException(command + ": " + decision.answer());
    }
    decision.changes().apply();
    head = decision.head();
    return accepted;
  }

  /** An address is allocated and released. */
  @Benchmark
  public Outcome pair(Cpu cpu) {
    cpu.done++;
    return pair();
  }

  Outcome pair() {
    now++;
    Owner owner = owners[(int) (pairs % OWNERS)];
    Grant grant = run(allocate(owner, 1)).grants().getFirst();
    Outcome released = run(new Command.ReleaseEip(grant.ip(), grant.tenure(), null));
    pairs++;
    if (pairs % TIMERS_EVERY == 0) {
      Decision<Integer> due = decider.timers(state, head, now, 0, 2 * TIMERS_AT_ONCE);
      due.changes().apply();
      head = due.head();
    }
    return released;
  }
}
