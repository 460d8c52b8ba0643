package io.holdfast.projector.support;

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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/** A real broker and a real database, and the records of networks on their way to them. */
public final class Parts implements AutoCloseable {
  public static final int PARTITIONS = 2;

  private static final List<String> TOPICS =
      List.of(Contract.COMMANDS, Contract.EVENTS, Contract.OUTCOMES);

  private final Backends backends;
  private final Codec codec = Ids.codec();
  private final KafkaProducer<byte[], byte[]> producer;

  /** On the broker and the database of {@code holdfast up}. */
  public Parts(Path dir) {
    this(new EmbeddedBackends(dir));
  }

  public Parts(Backends backends) {
    this.backends = backends;
    makeTopics();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                backends.bootstrapServers(),
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

  private void makeTopics() {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              TOPICS.stream()
                  .map(t ->
                      new NewTopic(t, PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1")))
                  .toList())
          .all()
          .get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Empty topics, empty database: cheaper than another broker and another server. */
  public void reset() {
    try (Admin admin = admin()) {
      admin.deleteTopics(TOPICS).all().get();
      Await.until(
          "the topics are gone",
          () -> Collections.disjoint(admin.listTopics().names().get(), TOPICS));
      forget();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    makeTopics();
  }

  public Codec codec() {
    return codec;
  }

  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", backends.bootstrapServers()));
  }

  public String bootstrapServers() {
    return backends.bootstrapServers();
  }

  public Consumers consumers() {
    return Consumers.of(backends.bootstrapServers());
  }

  public AuditDatabase database() {
    return new AuditDatabase(backends.jdbcUrl());
  }

  public String jdbcUrl() {
    return backends.jdbcUrl();
  }

  /** The server goes away for as long as something is done. */
  public void withoutDatabase(Runnable meanwhile) {
    backends.withoutDatabase(meanwhile);
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

  /** Everything of a book. */
  public void produce(Book book) {
    producer.beginTransaction();
    send(Contract.COMMANDS, book.network(), book.commands());
    send(Contract.EVENTS, book.network(), book.events());
    send(Contract.OUTCOMES, book.network(), book.outcomes());
    producer.commitTransaction();
    settle();
  }

  /**
   * Waits until readers see the end of what was committed: the markers that say so are written
   * after the commit has returned.
   */
  public void settle() {
    try (Admin admin = admin()) {
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      for (String topic : TOPICS) {
        for (int p = 0; p < PARTITIONS; p++) {
          ends.put(new TopicPartition(topic, p), OffsetSpec.latest());
        }
      }
      Await.until(
          "what was committed is seen",
          () ->
              offsets(admin, ends, IsolationLevel.READ_COMMITTED)
                  .equals(offsets(admin, ends, IsolationLevel.READ_UNCOMMITTED)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, Map<TopicPartition, OffsetSpec> ends, IsolationLevel level) throws Exception {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listOffsets(ends, new ListOffsetsOptions(level))
        .all()
        .get()
        .forEach((partition, result) -> offsets.put(partition, result.offset()));
    return offsets;
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
    try (Connection connection = DriverManager.getConnection(backends.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  public String text(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(backends.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  public void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(backends.jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    producer.close();
    backends.close();
  }
}
