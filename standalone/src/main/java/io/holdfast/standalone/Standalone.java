package io.holdfast.standalone;

import io.holdfast.allocator.http.HttpApi;
import io.holdfast.allocator.http.HttpApiOptions;
import io.holdfast.allocator.service.Allocator;
import io.holdfast.allocator.service.AllocatorConfig;
import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.EmbeddedRegistry;
import io.holdfast.embedded.KafkaOptions;
import io.holdfast.embedded.RegistryCache;
import io.holdfast.embedded.RegistryOptions;
import io.holdfast.schemas.registry.RegistryClient;
import io.holdfast.schemas.registry.RegistryConfig;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Registration;
import io.holdfast.wire.SchemaIds;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broker, registry, allocator and HTTP, stopped in reverse order. The registry takes as long to
 * start as the others together, so they start beside it, and wait for its ids when they need one.
 */
public final class Standalone implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);
  private static final String HOST = "127.0.0.1";
  private static final String APPLICATION = "holdfast-allocator";
  private static final Duration READY_LIMIT = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final CompletableFuture<SchemaIds> ids = new CompletableFuture<>();
  private final RunMarker marker;
  private final EmbeddedKafka kafka;
  private final EmbeddedRegistry registry;
  private final Codec codec;
  private final AllocatorConfig config;
  private Allocator allocator;
  private HttpApi http;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /**
   * Starts everything and returns when it can answer.
   *
   * @param progress takes a line for people at each step; may throw CancellationException, and what
   *     was started until then is stopped cleanly
   */
  public static Standalone start(StandaloneOptions options, Consumer<String> progress) {
    return new Standalone(options, progress);
  }

  private Standalone(StandaloneOptions options, Consumer<String> progress) {
    try {
      Files.createDirectories(options.dataDir());
    } catch (IOException e) {
      throw new UncheckedIOException("the data directory cannot be made: " + e.getMessage(), e);
    }
    this.marker = new RunMarker(options.dataDir());
    boolean powerCut = marker.machineWentDown();
    boolean begun = false;
    try {
      KafkaOptions kafkaOptions = KafkaOptions.in(options.dataDir().resolve("kafka"));
      Path stateDir = options.dataDir().resolve("state");
      if (powerCut) {
        progress.accept(
            "the machine went down during the last run: state is rebuilt from the event log");
        // On a port that no client knows: a command that came before the repair is done would be
        // taken for one that was answered.
        try (EmbeddedKafka alone = EmbeddedKafka.start(kafkaOptions)) {
          new Broker(alone).forgetAllButTheLog(APPLICATION, stateDir);
        }
      }
      Path registryDir = options.dataDir().resolve("registry");
      Optional<Path> cache =
          options.quickStarts() ? RegistryCache.in(registryDir) : Optional.empty();
      progress.accept("starting broker and schema registry");
      AtomicReference<EmbeddedRegistry> launched = new AtomicReference<>();
      try {
        this.kafka =
            opened(
                EmbeddedKafka.start(
                    kafkaOptions.withPort(options.kafkaPort()),
                    address -> launched.set(launch(address, registryDir, options, cache))));
      } catch (RuntimeException e) {
        Optional.ofNullable(launched.get()).ifPresent(EmbeddedRegistry::close);
        throw e;
      }
      this.registry = opened(Objects.requireNonNull(launched.get()));
      new Broker(kafka).flushTransactions(options.fsync());
      marker.begin();
      begun = true;
      progress.accept("starting the allocator");
      RegistryConfig registryConfig = RegistryConfig.of(registry.url());
      RegistryClient client = opened(new RegistryClient(registryConfig));
      this.codec = new Codec(SchemaIds.of(ids));
      this.config =
          new AllocatorConfig(
              kafka.bootstrapServers(),
              registryConfig,
              APPLICATION,
              stateDir,
              options.partitions(),
              (short) 1,
              options.fsync(),
              1,
              options.commitInterval(),
              new AllocatorConfig.HostPort(
                  HOST, options.httpPort() == 0 ? freePort() : options.httpPort()),
              options.settings(),
              Map.of());
      this.allocator = opened(new Allocator(config, codec, meters));
      progress.accept("registering schemas");
      registry.awaitReady();
      ids.complete(Registration.ids(client));
      this.http = opened(serve());
      awaitReady(progress);
      cache
          .filter(file -> !Files.exists(file))
          .ifPresent(file ->
              opened(
                  RegistryCache.make(
                      RegistryOptions.on(kafka.bootstrapServers(), registryDir.resolve("training")),
                      file)));
    } catch (CancellationException e) {
      // Between two steps: all there is has been opened, and ends as it does in close().
      if (closeAll() && begun) {
        marker.end();
      }
      throw e;
    } catch (RuntimeException e) {
      var _ = closeAll();
      throw e;
    }
  }

  private static EmbeddedRegistry launch(
      String kafka, Path directory, StandaloneOptions options, Optional<Path> cache) {
    RegistryOptions on = RegistryOptions.on(kafka, directory).withPort(options.registryPort());
    return EmbeddedRegistry.launch(cache.map(on::withAotCache).orElse(on));
  }

  /** Closes the part when this is closed, before those that were opened before. */
  <T extends AutoCloseable> T opened(T part) {
    started.push(part);
    return part;
  }

  private void awaitReady(Consumer<String> progress) {
    long deadline = System.nanoTime() + READY_LIMIT.toNanos();
    String said = "";
    for (String missing = allocator.notReady();
        !missing.isEmpty();
        missing = allocator.notReady()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "not ready after " + READY_LIMIT.toMinutes() + " minutes: " + missing);
      }
      if (!missing.equals(said)) {
        progress.accept(missing);
        said = missing;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private HttpApi serve() {
    return HttpApi.start(
        allocator, codec, meters, HttpApiOptions.DEFAULT.at(HOST, config.advertised().port()));
  }

  /** The port is told to other instances before it is bound. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Stops allocator and HTTP, has something done, and starts them again: broker and registry stay.
   */
  public void withoutAllocator(Runnable meanwhile) {
    started.remove(http);
    started.remove(allocator);
    http.close();
    allocator.close();
    meanwhile.run();
    allocator = opened(new Allocator(config, codec, meters));
    http = opened(serve());
  }

  /** Base URL of the HTTP API. */
  public URI httpUrl() {
    return URI.create("http://" + HOST + ":" + http.port());
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Base URL of the Confluent-compatible registry API. */
  public URI registryUrl() {
    return registry.url();
  }

  public Codec codec() {
    return codec;
  }

  /** How the allocator runs. */
  public AllocatorConfig config() {
    return config;
  }

  public Allocator allocator() {
    return allocator;
  }

  public PrometheusMeterRegistry meters() {
    return meters;
  }

  /** A run in which something did not stop cleanly counts as one that was cut off. */
  @Override
  public void close() {
    if (closeAll()) {
      marker.end();
    }
  }

  /** Returns whether all stopped cleanly. */
  private boolean closeAll() {
    // Who still waits for them waits in vain.
    ids.cancel(false);
    boolean clean = true;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        clean = false;
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        LOG.warn("a part did not stop cleanly", e);
      }
    }
    return clean;
  }
}
