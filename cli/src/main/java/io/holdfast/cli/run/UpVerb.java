package io.holdfast.cli.run;

import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import io.holdfast.cli.start.QuickStart;
import io.holdfast.embedded.EmbeddedException;
import io.holdfast.standalone.AuditStack;
import io.holdfast.standalone.Standalone;
import io.holdfast.standalone.StandaloneOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast up}. */
@Command(
    name = "up",
    description = {
      "Runs broker, schema registry, allocator and audit in one process, until Ctrl-C.",
      "All data is in one directory and survives restarts, kill -9 and, unless --no-fsync, power cuts."
    },
    footer = {"", "Example:", "  holdfast up --data ./data --port 8080"})
public final class UpVerb implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Where all data is kept (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port of the HTTP API; 0: any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Port of the broker; 0: any free one (default: ${DEFAULT-VALUE}).")
  private int kafkaPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Port of the schema registry; 0: any free one (default: ${DEFAULT-VALUE}).")
  private int registryPort;

  @Option(
      names = "--no-fsync",
      description =
          "Answer before events are on disk: faster, and a power cut may lose what was answered.")
  private boolean noFsync;

  @Option(
      names = "--audit-port",
      paramLabel = "PORT",
      defaultValue = "8082",
      description = "Port of the audit API; 0: any free one (default: ${DEFAULT-VALUE}).")
  private int auditPort;

  @Option(
      names = "--postgres-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the audit database; 0: any free one (default: ${DEFAULT-VALUE}).")
  private int postgresPort;

  @Option(names = "--no-audit", description = "Without PostgreSQL, projector and audit API.")
  private boolean noAudit;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = Session.of(spec).terminal().err();
    // Before anything is started: who stops it meanwhile wants it to end cleanly, too.
    try (Stop stop = Stop.onSignal()) {
      try {
        runUntil(stop, err);
      } catch (CancellationException _) {
        // Before it was ready: what had been started is closed all the same.
      }
      err.println("stopped");
      err.flush();
    } catch (EmbeddedException e) {
      err.println("holdfast: " + e.getMessage());
      return ExitCode.FAILED;
    }
    return ExitCode.DONE;
  }

  /** Closes what it started, the audit first. */
  private void runUntil(Stop stop, PrintWriter err) throws InterruptedException {
    long began = System.nanoTime();
    if (noAudit) {
      try (Standalone standalone = standalone(stop, err, began)) {
        stop.check();
        ready(standalone, Optional.empty(), began);
        await(stop, err);
      }
      return;
    }
    try (AuditStack.Launched database = AuditStack.launch(data, postgresPort);
        Standalone standalone = standalone(stop, err, began)) {
      stop.check();
      try (AuditStack audit = database.start(standalone, auditPort)) {
        ready(standalone, Optional.of(audit), began);
        await(stop, err);
      }
    }
  }

  private Standalone standalone(Stop stop, PrintWriter err, long began) {
    return Standalone.start(
        StandaloneOptions.in(data)
            .withPorts(port, kafkaPort, registryPort)
            .withFsync(!noFsync)
            .withQuickStarts(true),
        line -> {
          stop.check();
          err.printf(Locale.ROOT, "%5.1f s  %s%n", (System.nanoTime() - began) / 1e9, line);
          err.flush();
        });
  }

  private static void await(Stop stop, PrintWriter err) throws InterruptedException {
    try (QuickStart _ = QuickStart.begin()) {
      stop.await();
    }
    err.println("stopping");
    err.flush();
  }

  private void ready(Standalone standalone, Optional<AuditStack> audit, long began) {
    PrintWriter out = Session.of(spec).terminal().out();
    out.printf(
        Locale.ROOT, "Holdfast is ready after %.1f s.%n%n", (System.nanoTime() - began) / 1e9);
    out.println("  HTTP API         " + standalone.httpUrl());
    out.println("  Kafka            " + standalone.bootstrapServers());
    out.println("  Schema registry  " + standalone.registryUrl());
    audit.ifPresent(a -> {
      out.println("  Audit API        " + a.url());
      out.println("  Audit database   " + a.jdbcUrl());
    });
    out.println("  Metrics          " + standalone.httpUrl() + "/metrics");
    out.println("  Data             " + data.toAbsolutePath().normalize());
    out.println(
        "  Durability       "
            + (noFsync
                ? "no fsync: a power cut may lose what was answered"
                : "events and outcomes are on disk before they are answered"));
    out.printf("%nCtrl-C stops it.%n");
    out.flush();
  }
}
