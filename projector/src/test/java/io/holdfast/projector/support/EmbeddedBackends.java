package io.holdfast.projector.support;

import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.EmbeddedPostgresql;
import io.holdfast.embedded.KafkaOptions;
import io.holdfast.embedded.PostgresqlOptions;
import java.nio.file.Path;

/** Those of {@code holdfast up}. */
public final class EmbeddedBackends implements Backends {
  private final Path dir;
  private final EmbeddedKafka kafka;
  private EmbeddedPostgresql postgresql;

  public EmbeddedBackends(Path dir) {
    this.dir = dir;
    this.kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")));
    this.postgresql = EmbeddedPostgresql.start(database(0));
  }

  private PostgresqlOptions database(int port) {
    return PostgresqlOptions.in(dir.resolve("postgresql")).withFsync(false).withPort(port);
  }

  @Override
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  @Override
  public String jdbcUrl() {
    return postgresql.jdbcUrl();
  }

  @Override
  public void withoutDatabase(Runnable meanwhile) {
    int port = postgresql.port();
    postgresql.close();
    meanwhile.run();
    postgresql = EmbeddedPostgresql.start(database(port));
  }

  @Override
  public void close() {
    postgresql.close();
    kafka.close();
  }
}
