package io.holdfast.cli.audit;

import io.holdfast.cli.session.Session;
import io.holdfast.projector.log.Consumers;
import io.holdfast.projector.log.EntryReader;
import io.holdfast.projector.log.LogScan;
import io.holdfast.projector.log.ReadOnlySchemas;
import io.holdfast.schemas.registry.RegistryClient;
import io.holdfast.schemas.registry.RegistryConfig;
import io.holdfast.wire.Codec;
import io.holdfast.wire.SchemaIds;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the log is: options of the verbs that read it themselves. */
final class LogArgs {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The brokers; else $HOLDFAST_KAFKA, else 127.0.0.1:9092.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description =
          "The schema registry; else $HOLDFAST_REGISTRY, else http://127.0.0.1:8081/apis/ccompat/v7.")
  private @Nullable String registry;

  @Option(
      names = "--kafka-config",
      paramLabel = "NAME=VALUE",
      description = "A setting of Kafka's client, for example security.protocol=SSL. Repeatable.")
  private Map<String, String> kafka = new HashMap<>();

  Consumers consumers(Session session) {
    return new Consumers(
        bootstrapServers != null
            ? bootstrapServers
            : session.terminal().environment().getOrDefault("HOLDFAST_KAFKA", "127.0.0.1:9092"),
        kafka);
  }

  /** A client of the registry; the caller closes it. */
  RegistryClient registry(Session session) {
    String url =
        registry != null
            ? registry
            : session
                .terminal()
                .environment()
                .getOrDefault("HOLDFAST_REGISTRY", "http://127.0.0.1:8081/apis/ccompat/v7");
    return new RegistryClient(RegistryConfig.of(URI.create(url)));
  }

  static Codec codec(RegistryClient registry) {
    return new Codec(new ReadOnlySchemas(SchemaIds.of(registry)));
  }

  LogScan log(Session session, RegistryClient registry) {
    return new LogScan(consumers(session), new EntryReader(codec(registry)));
  }
}
