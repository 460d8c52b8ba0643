package io.holdfast.cli.run;

import io.holdfast.allocator.http.HttpApi;
import io.holdfast.allocator.http.HttpApiOptions;
import io.holdfast.allocator.service.Allocator;
import io.holdfast.allocator.service.AllocatorConfig;
import io.holdfast.allocator.service.AllocatorConfig.HostPort;
import io.holdfast.cli.args.Durations;
import io.holdfast.cli.session.ClusterArgs;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import io.holdfast.domain.decide.Settings;
import io.holdfast.schemas.registry.RegistryClient;
import io.holdfast.schemas.registry.RegistryConfig;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Registration;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast serve}. */
@Command(
    name = "serve",
    description = {
      "Runs one allocator against brokers and a schema registry that are there, until Ctrl-C or"
          + " SIGTERM. Several share the networks: start them with the same --application.",
      "Metrics at /metrics, health at /healthz and /readyz. The API has no authentication.",
      "Every option can be given in the environment instead."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast serve --bootstrap-servers kafka-1:9092 --registry"
          + " http://registry:8080/apis/ccompat/v7",
      "  holdfast serve --host 0.0.0.0 --advertised allocator-1:8080 --state-dir /var/lib/holdfast"
    })
public final class ServeVerb implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(50);

  @Mixin private ClusterArgs cluster = new ClusterArgs();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on; else $HOLDFAST_HOST, else 127.0.0.1.")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the HTTP API; else $HOLDFAST_PORT, else 8080.")
  private @Nullable Integer port;

  @Option(
      names = "--advertised",
      paramLabel = "HOST:PORT",
      description =
          "Where the other allocators reach this one; else $HOLDFAST_ADVERTISED, else what it"
              + " listens on, if that is not every address (0.0.0.0, ::).")
  private @Nullable String advertised;

  @Option(
      names = "--application",
      paramLabel = "NAME",
      description =
          "Allocators of one name share the work; else $HOLDFAST_APPLICATION, else"
              + " holdfast-allocator.")
  private @Nullable String application;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Where the stores are; a cache of the log, worth keeping for quick starts; else"
              + " $HOLDFAST_STATE_DIR, else state.")
  private @Nullable Path stateDir;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that decide; else $HOLDFAST_THREADS, else 1.")
  private @Nullable Integer threads;

  @Option(
      names = "--commit-interval",
      paramLabel = "DURATION",
      converter = Durations.class,
      description =
          "The least time between two transactions: most of a command's latency; else"
              + " $HOLDFAST_COMMIT_INTERVAL, else 10ms.")
  private @Nullable Duration commitInterval;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Partitions of the topics, if they have to be made, for ever; else"
              + " $HOLDFAST_PARTITIONS, else 48.")
  private @Nullable Integer partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      description =
          "Replicas of the topics, if they have to be made; else $HOLDFAST_REPLICATION, else 3.")
  private @Nullable Integer replication;

  @Option(
      names = "--command-retention",
      paramLabel = "DURATION",
      converter = Durations.class,
      description =
          "How long commands and their answers are kept, if their topics have to be made: as far"
              + " back as 'audit what-if' looks; else $HOLDFAST_COMMAND_RETENTION, else 7d. Of"
              + " topics that are there, retention.ms is yours to change.")
  private @Nullable Duration commandRetention;

  @Option(
      names = "--flush",
      description =
          "Events and answers are on disk before they count as written: for a single broker, which"
              + " has no replica; else $HOLDFAST_FLUSH, true or false.")
  private boolean flush;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Session session = Session.of(spec);
    PrintWriter out = session.terminal().out();
    Given given = new Given(session.terminal().environment());
    String listen = given.text(host, "HOLDFAST_HOST", "127.0.0.1");
    int at = given.port(port, "HOLDFAST_PORT", 8080);
    AllocatorConfig config = config(given, listen, at);
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Stop stop = Stop.onSignal();
        RegistryClient registry = new RegistryClient(config.registry())) {
      Codec codec = Registration.codec(registry);
      try (Allocator allocator = new Allocator(config, codec, meters);
          HttpApi http =
              HttpApi.start(allocator, codec, meters, HttpApiOptions.DEFAULT.at(listen, at))) {
        out.println("HTTP API  http://" + listen + ":" + http.port());
        out.flush();
        follow(allocator, stop, out);
      }
    }
    return ExitCode.DONE;
  }

  /** Says once when it can answer; what it waits for until then shows in its log and at /readyz. */
  private static void follow(Allocator allocator, Stop stop, PrintWriter out)
      throws InterruptedException {
    while (!allocator.notReady().isEmpty()) {
      if (stop.await(LOOK)) {
        return;
      }
    }
    out.println("ready");
    out.flush();
    stop.await();
  }

  private AllocatorConfig config(Given given, String listen, int at) {
    Map<String, String> environment = given.environment();
    RegistryConfig registry = cluster.registry(environment);
    return new AllocatorConfig(
        cluster.bootstrapServers(environment),
        registry,
        given.text(application, "HOLDFAST_APPLICATION", "holdfast-allocator"),
        stateDir != null ? stateDir : Path.of(given.text(null, "HOLDFAST_STATE_DIR", "state")),
        given.number(partitions, "HOLDFAST_PARTITIONS", 48, 1, 999_999),
        (short) given.number(replication, "HOLDFAST_REPLICATION", 3, 1, Short.MAX_VALUE),
        given.flag(flush, "HOLDFAST_FLUSH"),
        given.number(threads, "HOLDFAST_THREADS", 1, 1, 999_999),
        given.duration(commitInterval, "HOLDFAST_COMMIT_INTERVAL", Duration.ofMillis(10)),
        advertised(given, listen, at),
        Settings.DEFAULT,
        cluster.kafka(environment),
        given.duration(
            commandRetention,
            "HOLDFAST_COMMAND_RETENTION",
            AllocatorConfig.DEFAULT_COMMAND_RETENTION));
  }

  /**
   * @throws IllegalArgumentException if nobody else could reach this one there
   */
  private HostPort advertised(Given given, String listen, int at) {
    HostPort place = given.hostPort(advertised, "HOLDFAST_ADVERTISED", listen + ":" + at);
    if (isWildcard(place.host())) {
      throw new IllegalArgumentException(
          "the advertised place is '"
              + place
              + "', where no other allocator reaches this one: "
              + place.host()
              + " is every address of whoever asks; give --advertised HOST:PORT (or"
              + " HOLDFAST_ADVERTISED), for example allocator-1:"
              + place.port());
    }
    return place;
  }

  private static boolean isWildcard(String host) {
    try {
      return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")).isAnyLocalAddress();
    } catch (IllegalArgumentException e) {
      return false; // a name
    }
  }
}
