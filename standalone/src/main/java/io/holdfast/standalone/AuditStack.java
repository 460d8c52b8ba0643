package io.holdfast.standalone;

import io.holdfast.embedded.EmbeddedPostgresql;
import io.holdfast.embedded.PostgresqlOptions;
import io.holdfast.projector.AuditService;
import io.holdfast.projector.db.AuditDatabase;
import io.holdfast.projector.log.Consumers;
import io.holdfast.projector.project.Rebuild;
import java.net.URI;
import java.nio.file.Path;

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
    EmbeddedPostgresql postgresql =
        EmbeddedPostgresql.start(
            PostgresqlOptions.in(dataDir.resolve("postgresql")).withPort(databasePort));
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
