package io.holdfast.cli.run;

import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import io.holdfast.embedded.EmbeddedException;
import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.EmbeddedPostgresql;
import io.holdfast.embedded.EmbeddedRegistry;
import io.holdfast.embedded.KafkaOptions;
import io.holdfast.embedded.PostgresqlOptions;
import io.holdfast.embedded.RegistryOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast backends}. */
@Command(
    name = "backends",
    description = {
      "Runs broker, schema registry and PostgreSQL, and nothing else, until Ctrl-C: what 'serve'"
          + " and 'project' need, to try them without Docker.",
      "Prints the environment that they want."
    },
    footer = {"", "Example:", "  holdfast backends --data ./backends"})
public final class BackendsVerb implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "backends",
      description = "Where all data is kept (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("backends");

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the broker; 0: any free one (default: ${DEFAULT-VALUE}).")
  private int kafkaPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the schema registry; 0: any free one (default: ${DEFAULT-VALUE}).")
  private int registryPort;

  @Option(
      names = "--postgres-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of PostgreSQL; 0: any free one (default: ${DEFAULT-VALUE}).")
  private int postgresPort;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Session.of(spec).terminal().out();
    try (Stop stop = Stop.onSignal();
        EmbeddedKafka kafka =
            EmbeddedKafka.start(KafkaOptions.in(data.resolve("kafka")).withPort(kafkaPort));
        EmbeddedRegistry registry =
            EmbeddedRegistry.start(
                RegistryOptions.on(kafka.bootstrapServers(), data.resolve("registry"))
                    .withPort(registryPort));
        EmbeddedPostgresql postgresql =
            EmbeddedPostgresql.start(
                PostgresqlOptions.in(data.resolve("postgresql")).withPort(postgresPort))) {
      out.println("HOLDFAST_KAFKA=" + kafka.bootstrapServers());
      out.println("HOLDFAST_REGISTRY=" + registry.url());
      out.println("HOLDFAST_DATABASE=" + postgresql.jdbcUrl());
      // There is one broker: nothing can have replicas, and so what is answered has to be on disk.
      out.println("HOLDFAST_REPLICATION=1");
      out.println("HOLDFAST_FLUSH=true");
      out.println("ready");
      out.flush();
      stop.await();
    } catch (EmbeddedException e) {
      Session.of(spec).terminal().err().println("holdfast: " + e.getMessage());
      return ExitCode.FAILED;
    }
    return ExitCode.DONE;
  }
}
