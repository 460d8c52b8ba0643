package io.holdfast.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL 18 as a child process, reachable from this machine only.
 *
 * <p>Everything it knows is below {@link PostgresqlOptions#dataDir()}. Its server refuses to run as
 * root; started by root it is put into a user namespace of its own ({@code unshare -U}), where it
 * is not. If this JVM is killed, the server goes on; the next start on the same directory stops it
 * first.
 */
public final class EmbeddedPostgresql implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresql.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final EmbeddedPostgres server;
  private final DataDirectory directory;

  private EmbeddedPostgresql(EmbeddedPostgres server, DataDirectory directory) {
    this.server = server;
    this.directory = directory;
  }

  /**
   * Starts a server and returns when it answers.
   *
   * @throws EmbeddedException.PortTaken when somebody else listens on the port
   * @throws EmbeddedException.DataDirectoryLocked when another process uses the directory
   * @throws EmbeddedException.StartFailed for everything else, with the cause
   */
  public static EmbeddedPostgresql start(PostgresqlOptions options) {
    // Before anything is looked for there: a server that somebody uses is none that was left.
    DataDirectory directory = DataDirectory.open(options.dataDir());
    try {
      return start(options, directory);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static EmbeddedPostgresql start(PostgresqlOptions options, DataDirectory directory) {
    long begin = System.nanoTime();
    Path data = options.dataDir().resolve("data");
    try {
      stopLeftOver(data);
      checkPort(options.port());
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(options.dataDir().resolve("binaries").toFile())
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setPGStartupWait(START_LIMIT)
              .setServerConfig("listen_addresses", "127.0.0.1")
              // The library starts the server without fsync; what comes later on its line wins.
              .setServerConfig("fsync", options.fsync() ? "on" : "off")
              .setServerConfig("max_connections", "50")
              .setServerConfig("shared_buffers", "256MB")
              .setServerConfig("max_wal_size", "2GB")
              .setServerConfig("unix_socket_directories", "")
              // Its lines go through the library's logger, and nobody wants them unless it fails.
              .setServerConfig("log_min_messages", "warning");
      if (options.port() != 0) {
        builder.setPort(options.port());
      }
      EmbeddedPostgres server = builder.start();
      LOG.info(
          "PostgreSQL on 127.0.0.1:{} in {} ms",
          server.getPort(),
          (System.nanoTime() - begin) / 1_000_000);
      return new EmbeddedPostgresql(server, directory);
    } catch (IOException | RuntimeException e) {
      if (e instanceof EmbeddedException known) {
        throw known;
      }
      throw new EmbeddedException.StartFailed(
          "PostgreSQL in " + options.dataDir() + " did not start", List.of(), e);
    }
  }

  private static void checkPort(int port) throws IOException {
    if (port != 0) {
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        LOG.debug("port {} is free", free.getLocalPort());
      } catch (BindException e) {
        throw new EmbeddedException.PortTaken("PostgreSQL", port, e);
      }
    }
  }

  /** A server of ours whose JVM was killed: it has the directory, and no clients any more. */
  private static void stopLeftOver(Path data) throws IOException {
    Optional<ProcessHandle> left = server(data);
    if (left.isEmpty()) {
      return;
    }
    LOG.info("stopping the PostgreSQL that an earlier run left, process {}", left.get().pid());
    left.get().destroy();
    try {
      left.get().onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new EmbeddedException.StartFailed(
          "process " + left.get().pid() + " is a PostgreSQL on " + data + " and does not stop",
          List.of(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException.StartFailed("interrupted", List.of(), e);
    }
  }

  /** The process that postmaster.pid names, if it runs on this directory. */
  private static Optional<ProcessHandle> server(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
        .filter(p -> p.info().commandLine().orElse("").contains(data.toString()));
  }

  /** For drivers: user {@code postgres}, database {@code postgres}, no password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/postgres?user=postgres";
  }

  /** The port clients connect to; never 0. */
  public int port() {
    return server.getPort();
  }

  /** Stops the server; its data stay. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("while stopping PostgreSQL", e);
    } finally {
      directory.close();
    }
  }
}
