package io.holdfast.cli.session;

import io.holdfast.schemas.registry.RegistryConfig;
import io.holdfast.schemas.registry.Trust;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the brokers and the schema registry are: options of the verbs that use them directly. */
public final class ClusterArgs {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The brokers; else $HOLDFAST_KAFKA, else 127.0.0.1:9092.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--kafka-properties",
      paramLabel = "FILE",
      description =
          "Settings of Kafka's clients (TLS, SASL), a properties file; else"
              + " $HOLDFAST_KAFKA_PROPERTIES.")
  private @Nullable Path kafkaProperties;

  @Option(
      names = "--kafka-config",
      paramLabel = "NAME=VALUE",
      description = "One such setting, for example security.protocol=SSL. Repeatable.")
  private Map<String, String> kafka = new HashMap<>();

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description =
          "The schema registry, several URLs separated by commas; else $HOLDFAST_REGISTRY, else"
              + " http://127.0.0.1:8081/apis/ccompat/v7. User and password:"
              + " $HOLDFAST_REGISTRY_USER, $HOLDFAST_REGISTRY_PASSWORD.")
  private @Nullable String registry;

  @Option(
      names = "--registry-ca",
      paramLabel = "FILE",
      description =
          "Believe these certificates (PEM) of the registry; else $HOLDFAST_REGISTRY_CA, else the"
              + " JDK's.")
  private @Nullable Path registryCa;

  /** As Kafka's clients want it. */
  public String bootstrapServers(Map<String, String> environment) {
    return bootstrapServers != null
        ? bootstrapServers
        : environment.getOrDefault("HOLDFAST_KAFKA", "127.0.0.1:9092");
  }

  /**
   * Further settings of Kafka's clients.
   *
   * @throws UncheckedIOException if the file cannot be read
   */
  public Map<String, String> kafka(Map<String, String> environment) {
    Path file = path(kafkaProperties, environment.get("HOLDFAST_KAFKA_PROPERTIES"));
    Map<String, String> all = new HashMap<>();
    if (file != null) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("the Kafka settings cannot be read: " + e, e);
      }
      properties.stringPropertyNames().forEach(n -> all.put(n, properties.getProperty(n)));
    }
    all.putAll(kafka);
    return all;
  }

  /**
   * How the registry is reached.
   *
   * @throws IllegalArgumentException if an URL is none
   */
  public RegistryConfig registry(Map<String, String> environment) {
    String urls =
        registry != null
            ? registry
            : environment.getOrDefault(
                "HOLDFAST_REGISTRY", "http://127.0.0.1:8081/apis/ccompat/v7");
    RegistryConfig config =
        RegistryConfig.of(
            Arrays.stream(urls.split(",", -1))
                .map(String::strip)
                .map(URI::create)
                .toArray(URI[]::new));
    String user = environment.get("HOLDFAST_REGISTRY_USER");
    if (user != null) {
      config =
          config.withCredentials(user, environment.getOrDefault("HOLDFAST_REGISTRY_PASSWORD", ""));
    }
    Path ca = path(registryCa, environment.get("HOLDFAST_REGISTRY_CA"));
    return ca == null ? config : config.withTrust(new Trust.Pem(ca));
  }

  private static @Nullable Path path(@Nullable Path given, @Nullable String fromEnvironment) {
    return given != null ? given : fromEnvironment == null ? null : Path.of(fromEnvironment);
  }
}
