package io.holdfast.cli.run;

import io.holdfast.bench.Bench;
import io.holdfast.bench.UnknownWordException;
import io.holdfast.bench.frame.Results;
import io.holdfast.bench.frame.ResultsJson;
import io.holdfast.bench.frame.ResultsText;
import io.holdfast.bench.frame.Size;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast bench}. */
@Command(
    name = "bench",
    description = {
      "Measures rates, latencies, starts and sizes on throw-away stacks, each figure beside a limit"
          + " of the same run: machines differ, ratios less. About two minutes.",
      "Exits with 1 if something could not be measured."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast bench --quick",
      "  holdfast bench --only backlog,latency --strict -o json"
    })
public final class BenchVerb implements Callable<Integer> {
  /** At most one of them. */
  static final class SizeArgs {
    @Option(
        names = "--quick",
        description =
            "About a minute: domain, backlog, latency, reschedule and fsync only, in short runs.")
    private boolean quick;

    @Option(
        names = "--large",
        description =
            "Half an hour: long runs, 1,000,000 EIPs, and what is left out else because it takes"
                + " long: start, standby, replay.")
    private boolean large;
  }

  @ArgGroup private SizeArgs size = new SizeArgs();

  @Option(
      names = "--only",
      paramLabel = "WORDS",
      split = ",",
      description = "Only these benchmarks, whatever the size; a wrong word shows which there are.")
  private List<String> only = List.of();

  @Option(names = "--strict", description = "Exit with 1 if a target is not met.")
  private boolean strict;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Session session = Session.of(spec);
    Results results = run(session.terminal().err());
    session.show(ResultsJson.of(results), doc -> ResultsText.of(results));
    return results.succeeded(strict) ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Results run(PrintWriter err) {
    try {
      return Bench.run(
          size.large ? Size.LARGE : size.quick ? Size.QUICK : Size.NORMAL,
          only,
          line -> {
            err.println(line);
            err.flush();
          });
    } catch (UnknownWordException e) {
      throw new ParameterException(spec.commandLine(), "--only: " + e.getMessage(), e);
    }
  }
}
