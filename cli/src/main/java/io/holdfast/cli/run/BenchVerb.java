package io.holdfast.cli.run;

import io.holdfast.bench.Bench;
import io.holdfast.bench.Figure;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast bench}. */
@Command(
    name = "bench",
    description = "Measures latency and throughput on throw-away stacks, with and without fsync.",
    footer = {"", "Example:", "  holdfast bench --quick"})
public final class BenchVerb implements Callable<Integer> {
  @Option(names = "--quick", description = "Shorter runs, same figures.")
  private boolean quick;

  @Option(names = "--strict", description = "Exit with 1 if a target is not met.")
  private boolean strict;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Session session = Session.of(spec);
    PrintWriter err = session.terminal().err();
    List<Figure> figures =
        Bench.run(
            quick,
            line -> {
              err.println(line);
              err.flush();
            });
    session.terminal().out().println(session.json() ? Bench.json(figures) : Bench.table(figures));
    boolean missed = figures.stream().anyMatch(f -> Boolean.FALSE.equals(f.met()));
    return strict && missed ? ExitCode.FAILED : ExitCode.DONE;
  }
}
