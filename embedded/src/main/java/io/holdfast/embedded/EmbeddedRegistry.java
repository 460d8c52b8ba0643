package io.holdfast.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Apicurio Registry as a child process, reachable from this machine only, with its schemas
 * in Kafka.
 *
 * <p>It has no files that matter: its journal is a Kafka topic, so schema ids live and die with the
 * records that carry them. The process stops when this JVM does, also when this JVM is killed.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /** Its clients wait for Kafka for 30 s and more, and then it exits. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int LAST_LINES = 40;

  private final RegistryOptions options;
  private final int port;
  private final int managementPort;
  private final long begun = System.nanoTime();
  private volatile Process process;

  private EmbeddedRegistry(RegistryOptions options, List<String> jvm) {
    this.options = options;
    this.port = options.port() == 0 ? freePort() : requireFree(options.port());
    this.managementPort = freePort();
    this.process = process(jvm);
  }

  /**
   * Starts a registry and returns when it has replayed its journal and answers. A cache with which
   * it does not start is deleted, and the registry started without.
   *
   * @throws EmbeddedException.PortTaken when somebody else listens on the port
   * @throws EmbeddedException.StartFailed when it exits or is not ready in 90 seconds, with the
   *     last lines of its log
   */
  public static EmbeddedRegistry start(RegistryOptions options) {
    EmbeddedRegistry registry = launch(options);
    registry.awaitReady();
    return registry;
  }

  /**
   * The same, but returns at once: its Kafka may still be starting. {@link #awaitReady()} has to
   * follow, or {@link #close()}.
   *
   * @throws EmbeddedException.PortTaken when somebody else listens on the port
   */
  public static EmbeddedRegistry launch(RegistryOptions options) {
    return new EmbeddedRegistry(options, List.of());
  }

  /**
   * Returns when it answers, and closes it if it does not. To be called when its Kafka has started;
   * if that took long, it starts anew.
   *
   * @throws EmbeddedException.StartFailed when it exits or is not ready in 90 seconds
   */
  public void awaitReady() {
    if (!process.isAlive()
        || (System.nanoTime() - begun > PATIENCE.toNanos()
            && !RegistryHealth.isReady(managementPort))) {
      close();
      process = process(List.of());
    }
    Optional<Path> cache = options.aotCache().filter(Files::exists);
    try {
      awaitReady(START_LIMIT);
    } catch (EmbeddedException.StartFailed e) {
      // A damaged cache may crash the JVM: it checks little more than the file's header.
      if (cache.isEmpty() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.warn("the registry did not start with {}, which is deleted", cache.get(), e);
      try {
        Files.deleteIfExists(cache.get());
      } catch (IOException undeletable) {
        throw new UncheckedIOException(undeletable);
      }
      process = process(List.of());
      awaitReady(START_LIMIT);
    }
  }

  /**
   * Records which classes a start needs, so that later starts with {@link
   * RegistryOptions#withAotCache} take about half the time. Takes half a minute and 120 MB; the
   * file fits this JDK, this distribution and our own jar only.
   *
   * @throws EmbeddedException.StartFailed when the registry does not start, the file is not written
   *     in 2 minutes, or our own code is a directory of classes, which the JVM does not cache
   */
  public static void train(RegistryOptions options, Path file) {
    if (Files.isDirectory(RegistryHome.ourCode())) {
      throw new EmbeddedException.StartFailed(
          "only code in a jar can be cached, and ours is in " + RegistryHome.ourCode(),
          List.of(),
          null);
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      Files.deleteIfExists(unfinished);
      List<String> recording = List.of("-XX:AOTCacheOutput=" + unfinished.toAbsolutePath());
      try (EmbeddedRegistry registry = new EmbeddedRegistry(options, recording)) {
        registry.awaitReady(START_LIMIT.multipliedBy(2));
        var in = registry.process.getOutputStream();
        in.write('q');
        in.flush();
        registry.process.waitFor(2, TimeUnit.MINUTES);
      }
      if (!Files.exists(unfinished)) {
        throw new EmbeddedException.StartFailed(
            "no cache was written to " + file, lastLines(log(options)), null);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException.StartFailed("interrupted while it was trained", List.of(), e);
    }
  }

  private Process process(List<String> jvm) {
    try {
      clear(tmp(options));
      Files.createDirectories(tmp(options));
      return new ProcessBuilder(
              RegistryCommand.of(options, RegistryHome.find(), port, managementPort, jvm))
          // Quarkus reads configuration from the working directory: it must be one without any.
          .directory(tmp(options).toFile())
          .redirectErrorStream(true)
          .redirectOutput(log(options).toFile())
          .start();
    } catch (IOException e) {
      throw new EmbeddedException.StartFailed("cannot start the registry's process", List.of(), e);
    }
  }

  private void awaitReady(Duration limit) {
    try {
      awaitHealth(limit);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    LOG.info(
        "schema registry on 127.0.0.1:{} in {} ms", port, (System.nanoTime() - begun) / 1_000_000);
  }

  private void awaitHealth(Duration limit) {
    try {
      if (RegistryHealth.await(managementPort, process, limit)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException.StartFailed(
          "interrupted while the registry started", lastLines(log(options)), e);
    }
    throw new EmbeddedException.StartFailed(
        process.isAlive()
            ? "the schema registry was not ready after " + limit.toSeconds() + " s"
            : "the schema registry left with code " + process.exitValue(),
        lastLines(log(options)),
        null);
  }

  /** The base URL of the Confluent-compatible API. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
  }

  /** The HTTP port; never 0. */
  public int port() {
    return port;
  }

  /** The process id of the child. */
  public long pid() {
    return process.pid();
  }

  /** False once the child has gone, for whatever reason. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Stops the child; takes less than 10 seconds. It is cut off rather than asked: what it has
   * answered is in Kafka, and so every stop takes the path that a crash takes.
   */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has gone already.
    }
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  static Path tmp(RegistryOptions options) {
    return options.directory().resolve("registry-tmp");
  }

  static Path log(RegistryOptions options) {
    return options.directory().resolve("registry.log");
  }

  /** What a killed predecessor left; a registry that still runs has another directory. */
  private static void clear(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static int requireFree(int port) {
    try (var probe = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return probe.getLocalPort();
    } catch (BindException e) {
      throw new EmbeddedException.PortTaken("schema registry", port, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    return requireFree(0);
  }

  private static List<String> lastLines(Path log) {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    } catch (IOException e) {
      return List.of("(no log: " + e + ")");
    }
  }
}
