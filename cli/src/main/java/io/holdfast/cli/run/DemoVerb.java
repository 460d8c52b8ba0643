package io.holdfast.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import io.holdfast.demo.Check;
import io.holdfast.demo.Demo;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast demo}. */
@Command(
    name = "demo",
    description = {
      "Plays real failures of other allocators on a throw-away stack, with simulated gateways.",
      "Exits with 0 if every check passes. -o json: one object per check, then the sums."
    },
    footer = {"", "Examples:", "  holdfast demo", "  sudo holdfast demo --real"})
public final class DemoVerb implements Callable<Integer> {
  @Option(
      names = "--real",
      description =
          "With real agents in network namespaces of this machine, and the kernel's own words"
              + " (K and F; needs root, iproute2 and nftables).")
  private boolean real;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws JsonProcessingException {
    Session session = Session.of(spec);
    PrintWriter out = session.terminal().out();
    PrintWriter err = session.terminal().err();
    Consumer<String> progress = line(err);
    Consumer<String> story = session.json() ? progress : line(out);
    if (real) {
      String missing = Demo.missingForReal();
      if (!missing.isEmpty()) {
        err.println("holdfast: demo --real cannot be played here: " + missing);
        return ExitCode.FAILED;
      }
    }
    List<Check> checks = real ? Demo.playReal(story, progress) : Demo.play(story, progress);
    long passed = checks.stream().filter(Check::passed).count();
    if (session.json()) {
      ObjectMapper json = new ObjectMapper();
      for (Check check : checks) {
        out.println(json.writeValueAsString(check));
      }
      out.println("{\"passed\": " + passed + ", \"failed\": " + (checks.size() - passed) + "}");
    } else {
      out.println();
      out.print(Demo.table(checks));
    }
    out.flush();
    return passed == checks.size() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static Consumer<String> line(PrintWriter to) {
    return text -> {
      to.println(text);
      to.flush();
    };
  }
}
