package io.holdfast.bench.suite;

import io.holdfast.bench.domain.PairsBenchmark;
import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.frame.Target;
import io.holdfast.bench.stack.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The rules alone: JMH in a process of its own for each pool and fill. */
public final class DomainBench implements Benchmark {
  private static final double PAIRS = 500_000;
  private static final double WITHIN = 0.9;
  private static final List<String> RANGES = List.of("10.0.0.0/24", "10.0.0.0/8", "fd00::/64");
  private static final String EMPTY = "an empty /24";

  private final Stage stage;

  public DomainBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "domain";
  }

  @Override
  public String about() {
    return "decide and evolve in memory, one thread: an address allocated and released (JMH)";
  }

  /** A pool at a fill, percent. */
  private record Case(String range, int fill) {
    String name() {
      String held =
          PairsBenchmark.isCapped(range, fill)
              ? String.format(
                  Locale.ROOT, "%d %% of %,d addresses held", fill, PairsBenchmark.MOST_HELD)
              : fill + " % held";
      return range.substring(range.indexOf('/')) + ", " + held;
    }
  }

  @Override
  public void measure(Run run) throws RunnerException {
    stage.clear();
    double empty = 0;
    for (Case one : cases(run.size())) {
      run.doing(one.name());
      double rate = measure(one, run.size());
      Figure figure = Figure.of(one.name(), rate, "pairs/s");
      if (empty == 0) {
        empty = rate;
        run.add(figure.aiming(Target.valueAtLeast(PAIRS)));
      } else {
        run.add(figure.against(EMPTY, empty).aiming(Target.ratioAtLeast(WITHIN)));
      }
    }
  }

  /** Filling takes longer than measuring: a quick run takes the ends of the fills only. */
  private static List<Case> cases(Size size) {
    List<Case> cases = new ArrayList<>();
    for (String range : RANGES) {
      for (int fill : size == Size.QUICK ? new int[] {0, 99} : new int[] {0, 50, 90, 99}) {
        if (size != Size.QUICK || range.endsWith("/24") || fill > 0) {
          cases.add(new Case(range, fill));
        }
      }
    }
    return cases;
  }

  private double measure(Case one, Size size) throws RunnerException {
    // Another JMH on this machine disturbs as any other program does; a lock of theirs is no help.
    System.setProperty("jmh.ignoreLock", "true");
    Path log = stage.folder("jmh").resolve("log.txt");
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include(PairsBenchmark.class.getName() + ".pair")
                    .param("range", one.range())
                    .param("fill", Integer.toString(one.fill()))
                    .forks(1)
                    .jvmArgs("-XX:+UseSerialGC", "-Xms3g", "-Xmx3g")
                    .warmupIterations(size.of(1, 2, 5))
                    .warmupTime(TimeValue.milliseconds(size.of(500, 500, 1_000)))
                    .measurementIterations(size.of(2, 3, 10))
                    .measurementTime(TimeValue.milliseconds(size.of(300, 400, 1_000)))
                    .verbosity(VerboseMode.SILENT)
                    .output(log.toString())
                    .build())
            .run()) {
      return result.getPrimaryResult().getScore();
    }
    throw new IllegalStateException("JMH measured nothing; its log was " + log);
  }
}
