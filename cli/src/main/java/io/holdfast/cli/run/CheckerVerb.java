package io.holdfast.cli.run;

import io.holdfast.agent.owner.OwnerChecker;
import io.holdfast.agent.owner.Source;
import io.holdfast.agent.owner.UrlTemplate;
import io.holdfast.agent.service.ServiceClient;
import io.holdfast.cli.args.Durations;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast checker}. */
@Command(
    name = "checker",
    description = {
      "Asks a URL whether the owners of a network's addresses still exist, until Ctrl-C.",
      "200: it does. 404, 410: it does not, and that counts only while --health answers 200."
          + " Anything else: it could not be told, and nothing is released."
    },
    footer = {
      "",
      "Example:",
      "  holdfast checker -n prod --url 'https://cmdb/vms/{uid}' --health https://cmdb/healthz"
    })
public final class CheckerVerb implements Callable<Integer> {
  @Option(
      names = "--url",
      paramLabel = "URL",
      required = true,
      description = "With {name} or {uid}, and {tenant}, {kind}, {namespace} if wanted.")
  private String url = "";

  @Option(
      names = "--health",
      paramLabel = "URL",
      description = "Answers 200 while the source can be believed. Without it nothing is absent.")
  private @Nullable URI health;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      converter = Durations.class,
      defaultValue = "5m",
      description = "How often all owners are checked (default: 5m).")
  private Duration every = Duration.ofMinutes(5);

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "8",
      description = "Checks under way at most (default: 8).")
  private int parallel = 8;

  @Option(
      names = "--limit",
      paramLabel = "DURATION",
      converter = Durations.class,
      defaultValue = "5s",
      description = "How long one answer may take (default: 5s).")
  private Duration limit = Duration.ofSeconds(5);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Session session = Session.of(spec);
    if (parallel < 1 || parallel > 1_000) {
      throw new ParameterException(
          spec.commandLine(), "--parallel: '" + parallel + "'; allowed: 1 to 1000");
    }
    UrlTemplate template;
    try {
      template = new UrlTemplate(url);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--url: " + e.getMessage(), e);
    }
    AgentLog.speak(session.json());
    try (Stop stop = Stop.onSignal();
        ServiceClient service = new ServiceClient(session.service(), "checker");
        Source source = new Source(template, health, limit);
        OwnerChecker _ = new OwnerChecker(service, session.network(), source, every, parallel)) {
      stop.await();
    }
    return ExitCode.DONE;
  }
}
