package io.holdfast.cli.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.out.ProgressBar;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import io.holdfast.simulator.plan.Plan;
import io.holdfast.simulator.plan.PlanText;
import io.holdfast.simulator.run.Failure;
import io.holdfast.simulator.run.Result;
import io.holdfast.simulator.run.Shrinker;
import io.holdfast.simulator.run.Simulation;
import io.holdfast.simulator.run.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast simulate}. */
@Command(
    name = "simulate",
    description = {
      "Runs the rules in a simulated world in which messages are lost, doubled and late, nodes"
          + " crash, hang and come back, kernels misbehave and the log stalls, and checks after"
          + " every event that they hold.",
      "The seed decides everything. A failure is made as short as possible and written to a file."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast simulate --seed 42 --steps 1000000",
      "  holdfast simulate --plan-file simulate-42.plan"
    })
public final class SimulateVerb implements Callable<Integer> {
  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The first seed (default: a fresh one).")
  private @Nullable Long seed;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "How much is to happen for each seed (default: ${DEFAULT-VALUE}).")
  private long steps;

  @Option(
      names = "--seeds",
      paramLabel = "K",
      defaultValue = "1",
      description = "How many seeds, one after the other (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--plan-file",
      paramLabel = "FILE",
      description = "Play this plan instead, and say what happens.")
  private @Nullable Path planFile;

  @Option(
      names = "--shrink",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Play at most so many shorter plans (default: ${DEFAULT-VALUE}).")
  private int shrink;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Session session = Session.of(spec);
    if (planFile != null) {
      return play(session, planFile);
    }
    if (steps < 1 || seeds < 1 || shrink < 0) {
      throw new ParameterException(
          spec.commandLine(), "--steps and --seeds are 1 or more, --shrink is 0 or more");
    }
    long first = seed == null ? Math.abs(System.nanoTime() % 1_000_000_000_000L) : seed;
    boolean failed = false;
    for (int i = 0; i < seeds && !failed; i++) {
      failed = run(session, first + i);
    }
    return failed ? ExitCode.FAILED : ExitCode.DONE;
  }

  /** Whether it failed. */
  private boolean run(Session session, long oneSeed) throws IOException {
    ProgressBar bar =
        new ProgressBar(
            session.terminal().err(), session.terminal().interactive(), "seed " + oneSeed);
    long began = System.nanoTime();
    Result result = Simulation.run(oneSeed, steps, done -> bar.at(done, steps));
    double seconds = (System.nanoTime() - began) / 1e9;
    bar.end();
    Failure failure = result.failure();
    if (failure == null) {
      show(session, result, seconds, null, null);
      return false;
    }
    session.terminal().err().println(failure.message());
    session.terminal().err().println("looking for a shorter plan ...");
    session.terminal().err().flush();
    Plan plan = Shrinker.shrink(failure, shrink);
    Path file = Path.of("simulate-" + oneSeed + ".plan");
    Files.write(file, Story.tell(plan));
    show(session, result, seconds, plan, file);
    return true;
  }

  private static void show(
      Session session, Result result, double seconds, @Nullable Plan plan, @Nullable Path file) {
    session.show(document(result, seconds, plan, file), d -> text(result, seconds, plan, file));
  }

  private static ObjectNode document(
      Result result, double seconds, @Nullable Plan plan, @Nullable Path file) {
    ObjectNode o =
        JsonNodeFactory.instance
            .objectNode()
            .put("seed", result.seed())
            .put("steps", result.steps())
            .put("events", result.events())
            .put("worlds", result.lives())
            .put("digest", Long.toHexString(result.digest()))
            .put("seconds", seconds)
            .put("stepsPerSecond", Math.round(result.steps() / seconds))
            .put("held", result.failure() == null);
    Failure failure = result.failure();
    if (failure != null && plan != null) {
      o.putObject("failure")
          .put("rule", failure.rule())
          .put("message", failure.message())
          .put("world", failure.life())
          .put("step", failure.step())
          .put("actions", plan.actions().size())
          .put("planFile", String.valueOf(file));
    }
    return o;
  }

  private static String text(
      Result result, double seconds, @Nullable Plan plan, @Nullable Path file) {
    Failure failure = result.failure();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "seed %d: %,d steps in %d worlds, %,d events, %.1f s, %,.0f steps/s, digest %x: %s",
            result.seed(),
            result.steps(),
            result.lives(),
            result.events(),
            seconds,
            result.steps() / seconds,
            result.digest(),
            failure == null ? "all held" : "FAILED"));
    if (failure != null && plan != null) {
      lines.add(failure.message());
      lines.add(
          "in step "
              + failure.step()
              + " of world "
              + failure.life()
              + "; "
              + plan.actions().size()
              + " of "
              + failure.plan().actions().size()
              + " actions show it, in "
              + file);
      lines.add("again:  holdfast simulate --seed " + result.seed());
      lines.add("play:   holdfast simulate --plan-file " + file);
    }
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private Integer play(Session session, Path file) throws IOException {
    Plan plan;
    try {
      plan = PlanText.read(Files.readAllLines(file));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--plan-file: " + file + ", " + e.getMessage(), e);
    }
    List<String> story = Story.tell(plan);
    Throwable broken = Simulation.play(plan);
    ObjectNode document =
        JsonNodeFactory.instance
            .objectNode()
            .put("actions", plan.actions().size())
            .put("held", broken == null)
            .put("message", broken == null ? "" : String.valueOf(broken.getMessage()));
    session.show(
        document,
        d ->
            String.join(System.lineSeparator(), story)
                + System.lineSeparator()
                + (broken == null ? "all held" : "FAILED: " + broken.getMessage())
                + System.lineSeparator());
    return broken == null ? ExitCode.DONE : ExitCode.FAILED;
  }
}
