package io.holdfast.cli.audit;

import io.holdfast.cli.out.ProgressBar;
import io.holdfast.cli.run.Given;
import io.holdfast.cli.run.Stop;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import io.holdfast.projector.AuditService;
import io.holdfast.projector.db.AuditDatabase;
import io.holdfast.projector.project.Progress;
import io.holdfast.projector.project.Rebuild;
import io.holdfast.schemas.registry.RegistryClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast project}. */
@Command(
    name = "project",
    description = {
      "Projects the event log into a PostgreSQL database and serves the audit API, until Ctrl-C.",
      "Metrics at /metrics, health at /healthz and /readyz. The API has no authentication."
    },
    footer = {
      "",
      "Example:",
      "  holdfast project --database 'jdbc:postgresql://127.0.0.1:5432/audit?user=holdfast'"
    })
public final class ProjectVerb implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(250);

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      description = "The database; else $HOLDFAST_DATABASE. It gets its schema by itself.")
  private @Nullable String database;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on; else $HOLDFAST_HOST, else 127.0.0.1.")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the audit API, 0: any free one; else $HOLDFAST_PORT, else 8082.")
  private @Nullable Integer port;

  @Option(
      names = "--rebuild",
      description =
          "Empty the database first and make it anew from the log. Refusals that the outcomes topic"
              + " keeps no longer, and alarms, stay.")
  private boolean rebuild;

  @Option(
      names = "--rebuild-network",
      paramLabel = "NETWORK",
      description =
          "Make this network anew from the log first, for example because its projection had"
              + " stopped; the others stay as they are. Repeatable.")
  private Set<String> networks = Set.of();

  @Option(names = "--once", description = "Stop when everything is projected.")
  private boolean once;

  @Mixin private LogArgs log = new LogArgs();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Session session = Session.of(spec);
    PrintWriter err = session.terminal().err();
    String url =
        database != null ? database : session.terminal().environment().get("HOLDFAST_DATABASE");
    if (url == null) {
      throw new IllegalArgumentException(
          "which database? --database or $HOLDFAST_DATABASE says it");
    }
    Given given = new Given(session.terminal().environment());
    try (Stop stop = Stop.onSignal();
        RegistryClient registry = log.registry(session);
        AuditService service =
            new AuditService(
                log.consumers(session),
                new AuditDatabase(url),
                LogArgs.codec(registry),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                given.text(host, "HOLDFAST_HOST", "127.0.0.1"),
                given.port(port, "HOLDFAST_PORT", 8082),
                rebuild ? Rebuild.ALL : Rebuild.of(networks))) {
      session.terminal().out().println("Audit API  " + service.url());
      session.terminal().out().flush();
      follow(service, err, session.terminal().interactive(), stop);
    }
    return ExitCode.DONE;
  }

  private void follow(AuditService service, PrintWriter err, boolean interactive, Stop stop)
      throws InterruptedException {
    ProgressBar bar =
        new ProgressBar(
            err, interactive, rebuild || !networks.isEmpty() ? "rebuild" : "catching up");
    boolean caughtUp = false;
    String said = "";
    while (!stop.await(LOOK) && !(once && caughtUp)) {
      String trouble = service.projector().trouble();
      if (!trouble.isEmpty() && !trouble.equals(said)) {
        err.println(trouble);
        err.flush();
      }
      said = trouble;
      Progress now = service.projector().progress();
      if (!caughtUp && trouble.isEmpty()) {
        bar.at(now.done(), now.total());
        caughtUp = now.lag() == 0;
        if (caughtUp) {
          bar.end();
        }
      }
    }
  }
}
