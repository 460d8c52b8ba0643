package io.holdfast.projector.support;

import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.EmbeddedPostgresql;
import io.holdfast.embedded.KafkaOptions;
import io.holdfast.embedded.PostgresqlOptions;
import io.holdfast.projector.db.AuditDatabase;
import io.holdfast.projector.log.Consumers;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/** A real broker and a real database, and the records of networks on their way to them. */
public final class Parts implements AutoCloseable {
  public static final int PARTITIONS = 2;

  private final Path dir;
  private final EmbeddedKafka kafka;
  private final Codec codec = Ids.codec();
  private final KafkaProducer<byte[], byte[]> producer;
  private EmbeddedPostgresql postgresql;

  public Parts(Path dir) {
    this.dir = dir;
    this.kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")));
    this.postgresql = EmbeddedPostgresql.start(database(0));
    try (Admin admin = admin()) {
      NewTopic events = new NewTopic(Contract.EVENTS, PARTITIONS, (short) 1);
      NewTopic outcomes = new NewTopic(Contract.OUTCOMES, PARTITIONS, (short) 1);
      admin
          .createTopics(
              List.of(
                  events.configs(Map.of("retention.ms", "-1")),
                  outcomes.configs(Map.of("retention.ms", "-1"))))
          .all()
          .get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "transactional.id",
                "player",
                "linger.ms",
                "5",
                "batch.size",
                "262144"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  private PostgresqlOptions database(int port) {
    return PostgresqlOptions.in(dir.resolve("postgresql")).withFsync(false).withPort(port);
  }

  public Codec codec() {
    return codec;
  }

  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  public Consumers consumers() {
    return Consumers.of(kafka.bootstrapServers());
  }

  public AuditDatabase database() {
    return new AuditDatabase(postgresql.jdbcUrl());
  }

  public String jdbcUrl() {
    return postgresql.jdbcUrl();
  }

  /** The server goes away for as long as something is done. */
  public void withoutDatabase(Runnable meanwhile) {
    int port = postgresql.port();
    postgresql.close();
    meanwhile.run();
    postgresql = EmbeddedPostgresql.start(database(port));
  }

  /** Empties the database. */
  public void forget() throws SQLException {
    execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  }

  /** Events [from, to) of a book and their outcomes, in one transaction that is committed. */
  public void produce(String network, List<byte[]> events, List<byte[]> outcomes) {
    produce(network, events, outcomes, true);
  }

  public void produce(
      String network, List<byte[]> events, List<byte[]> outcomes, boolean committed) {
    producer.beginTransaction();
    send(Contract.EVENTS, network, events);
    send(Contract.OUTCOMES, network, outcomes);
    if (committed) {
      producer.commitTransaction();
    } else {
      producer.abortTransaction();
    }
  }

  private void send(String topic, String network, List<byte[]> records) {
    byte[] key = network.getBytes(StandardCharsets.UTF_8);
    for (byte[] record : records) {
      var _ = producer.send(new ProducerRecord<>(topic, partition(network), key, record));
    }
  }

  /** As the allocator places networks. */
  public static int partition(String network) {
    byte[] key = network.getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
  }

  public long count(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgresql.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  public String text(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgresql.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  public void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgresql.jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    producer.close();
    postgresql.close();
    kafka.close();
  }
}
