package io.holdfast.standalone;

import io.holdfast.embedded.EmbeddedPostgresql;
import io.holdfast.embedded.PostgresqlOptions;
import io.holdfast.projector.AuditService;
import io.holdfast.projector.db.AuditDatabase;
import io.holdfast.projector.log.Consumers;
import io.holdfast.projector.project.Rebuild;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.LoggerFactory;

/** PostgreSQL, projector and audit API beside a {@link Standalone}; closed before it. */
public final class AuditStack implements AutoCloseable {
  private final EmbeddedPostgresql postgresql;
  private final AuditService service;

  private AuditStack(EmbeddedPostgresql postgresql, AuditService service) {
    this.postgresql = postgresql;
    this.service = service;
  }

  /**
   * Starts the parts. The projector catches up by itself.
   *
   * @param dataDir the stack's own, beside that of the others
   * @param httpPort of the audit API; 0: a free one
   * @param databasePort of PostgreSQL; 0: a free one
   * @throws io.holdfast.embedded.EmbeddedException if PostgreSQL does not start
   */
  public static AuditStack start(
      Standalone standalone, Path dataDir, int httpPort, int databasePort) {
    return start(standalone, database(dataDir, databasePort), httpPort);
  }

  /**
   * Starts PostgreSQL beside what else is being started.
   *
   * @param dataDir as for {@link #start}
   * @param databasePort of PostgreSQL; 0: a free one
   */
  public static Launched launch(Path dataDir, int databasePort) {
    // Threads that log first, both at once, would have the logging library complain.
    LoggerFactory.getILoggerFactory();
    return new Launched(
        CompletableFuture.supplyAsync(
            () -> database(dataDir, databasePort),
            task -> Thread.ofPlatform().name("postgresql-start").start(task)));
  }

  /** A PostgreSQL that may still be starting. */
  public static final class Launched implements AutoCloseable {
    private final CompletableFuture<EmbeddedPostgresql> starting;
    private boolean isHandedOver;

    private Launched(CompletableFuture<EmbeddedPostgresql> starting) {
      this.starting = starting;
    }

    /**
     * Starts the other parts. PostgreSQL is theirs from then on.
     *
     * @param httpPort of the audit API; 0: a free one
     * @throws io.holdfast.embedded.EmbeddedException if PostgreSQL does not start
     */
    public AuditStack start(Standalone standalone, int httpPort) {
      EmbeddedPostgresql postgresql;
      try {
        postgresql = starting.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
      isHandedOver = true;
      return AuditStack.start(standalone, postgresql, httpPort);
    }

    /** Stops it, if nobody took it over. */
    @Override
    public void close() {
      if (!isHandedOver) {
        var _ =
            starting
                .handle((postgresql, fault) -> {
                  if (postgresql != null) {
                    postgresql.close();
                  }
                  return true;
                })
                .join();
      }
    }
  }

  private static EmbeddedPostgresql database(Path dataDir, int port) {
    return EmbeddedPostgresql.start(
        PostgresqlOptions.in(dataDir.resolve("postgresql")).withPort(port));
  }

  private static AuditStack start(
      Standalone standalone, EmbeddedPostgresql postgresql, int httpPort) {
    try {
      return new AuditStack(
          postgresql,
          new AuditService(
              Consumers.of(standalone.bootstrapServers()),
              new AuditDatabase(postgresql.jdbcUrl()),
              standalone.codec(),
              standalone.meters(),
              "127.0.0.1",
              httpPort,
              Rebuild.NOTHING));
    } catch (RuntimeException e) {
      postgresql.close();
      throw e;
    }
  }

  /** Base URL of the audit API. */
  public URI url() {
    return service.url();
  }

  /** For drivers. */
  public String jdbcUrl() {
    return postgresql.jdbcUrl();
  }

  @Override
  public void close() {
    try {
      service.close();
    } finally {
      postgresql.close();
    }
  }
}
