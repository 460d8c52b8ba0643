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
import org.openjdk.jmh.results.Result;
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
    return "decide and evolve in memory: pairs of an allocation and a release in a second of one"
        + " thread's processor time (JMH)";
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

  /**
   * Each is a process, and filling takes longer than measuring: only a large run takes them all.
   */
  private static List<Case> cases(Size size) {
    List<Case> cases = new ArrayList<>();
    for (String range : RANGES) {
      boolean isSmall = range.endsWith("/24");
      int[] fills =
          switch (size) {
            case QUICK -> isSmall ? new int[] {0, 99} : new int[0];
            case NORMAL -> isSmall ? new int[] {0, 50, 90, 99} : new int[] {0, 99};
            case LARGE -> new int[] {0, 50, 90, 99};
          };
      for (int fill : fills) {
        cases.add(new Case(range, fill));
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
                    .warmupIterations(1)
                    .warmupTime(TimeValue.milliseconds(size.of(200, 200, 2_000)))
                    .measurementIterations(size.of(2, 3, 10))
                    .measurementTime(TimeValue.milliseconds(size.of(300, 400, 1_000)))
                    .verbosity(VerboseMode.SILENT)
                    .output(log.toString())
                    .build())
            .run()) {
      return 1e9 * score(result, "done") / score(result, "nanos");
    }
    throw new IllegalStateException("JMH measured nothing; its log was " + log);
  }

  private static double score(RunResult result, String counter) {
    Result<?> found = result.getSecondaryResults().get(counter);
    if (found == null) {
      throw new IllegalStateException("JMH has no " + counter);
    }
    return found.getScore();
  }
}
