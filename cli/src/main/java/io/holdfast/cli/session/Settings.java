package io.holdfast.cli.session;

import io.holdfast.cli.args.Durations;
import io.holdfast.cli.args.OutputFormat;
import io.holdfast.cli.client.Intent;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every verb takes, before or after it. */
public final class Settings {
  @Option(
      names = "--service",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "Where the service listens; else $HOLDFAST_SERVICE, else http://127.0.0.1:8080.")
  private @Nullable String service;

  @Option(
      names = {"-n", "--network"},
      paramLabel = "NETWORK",
      scope = ScopeType.INHERIT,
      description = "The network; else $HOLDFAST_NETWORK, else 'default'.")
  private @Nullable String network;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}. json: the service's answer as it is.")
  private OutputFormat output = OutputFormat.TABLE;

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Who asks, for the record; else your user name.")
  private @Nullable String actor;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      scope = ScopeType.INHERIT,
      defaultValue = "",
      description = "Why, for the record.")
  private String reason = "";

  @Option(
      names = "--id",
      paramLabel = "ID",
      scope = ScopeType.INHERIT,
      description = "Id of the command. Sent again with the same id, it gets its first answer.")
  private @Nullable String id;

  @Option(
      names = "--dry-run",
      scope = ScopeType.INHERIT,
      defaultValue = "false",
      description = "Ask what would be answered, change nothing.")
  private boolean dryRun;

  @Option(
      names = "--if-revision",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description =
          "Refuse unless the address, pool or gateway that the command is about has this revision.")
  private @Nullable Long ifRevision;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      scope = ScopeType.INHERIT,
      converter = Durations.class,
      defaultValue = "15s",
      description = "How long to wait for an answer (default: 15s).")
  private Duration timeout = Duration.ofSeconds(15);

  boolean json() {
    return output == OutputFormat.JSON;
  }

  Duration timeout() {
    return timeout;
  }

  String network(Map<String, String> environment) {
    return network != null ? network : environment.getOrDefault("HOLDFAST_NETWORK", "default");
  }

  /** The network that was named, on the command line or in the environment; null if none was. */
  @Nullable String namedNetwork(Map<String, String> environment) {
    return network != null ? network : environment.get("HOLDFAST_NETWORK");
  }

  /**
   * The service's base URL; {@code host:port} alone will do.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  URI service(Map<String, String> environment) {
    String text =
        service != null
            ? service
            : environment.getOrDefault("HOLDFAST_SERVICE", "http://127.0.0.1:8080");
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawQuery() == null) {
        return uri;
      }
    } catch (URISyntaxException notOne) {
      // said below
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not the URL of a service, for example http://127.0.0.1:8080");
  }

  /** For one of several commands of a verb: with a new id, whatever {@code --id} says. */
  Intent oneOfMany(String user) {
    return new Intent(
        UUID.randomUUID().toString(), actor != null ? actor : user, reason, dryRun, null);
  }

  /** Always with an id of its own: whoever gets no answer can ask for it later. */
  Intent intent(String user) {
    return new Intent(
        id != null ? id : UUID.randomUUID().toString(),
        actor != null ? actor : user,
        reason,
        dryRun,
        ifRevision);
  }
}
