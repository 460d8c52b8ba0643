package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.KafkaOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where reading begins after a power cut, on a real broker. */
final class PositionsIT {
  private static final String GROUP = "g";

  @TempDir Path dir;
  private EmbeddedKafka kafka;
  private Admin admin;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void start() throws Exception {
    kafka = EmbeddedKafka.start(KafkaOptions.in(dir));
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    admin = Admin.create(settings);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    producer.close();
    admin.close();
    kafka.close();
  }

  @Test
  void readingGoesOnAfterTheLastAnswer() throws Exception {
    topics();
    for (int i = 0; i < 5; i++) {
      send("holdfast.commands", 0);
      send("holdfast.commands", 1);
      send("holdfast.commands", 2);
    }
    send("holdfast.reports", 0);
    answer(0, 1);
    answer(0, 2);
    // The cut took the end of the commands, but not their answers.
    answer(1, 8);
    // Not ours: it does not say what it answers.
    producer.send(new ProducerRecord<>("holdfast.outcomes", 0, null, new byte[] {7})).get();

    new Positions(admin, kafka.bootstrapServers()).afterACut(GROUP);

    assertThat(position("holdfast.commands", 0)).as("the fourth waits").isEqualTo(3);
    assertThat(position("holdfast.commands", 1)).as("after what was answered").isEqualTo(9);
    assertThat(end("holdfast.commands", 1))
        .as("no new command gets an answered offset")
        .isEqualTo(9);
    assertThat(position("holdfast.commands", 2)).as("nothing was answered").isZero();
    assertThat(position("holdfast.reports", 0)).as("facts of then").isEqualTo(1);
    assertThat(position("holdfast.reports", 2)).isZero();
  }

  /** A power cut in the first moments: there is nothing to read again. */
  @Test
  void withoutTopicsNothingIsSet() throws Exception {
    new Positions(admin, kafka.bootstrapServers()).afterACut(GROUP);

    assertThat(admin.listGroups().all().get()).isEmpty();
  }

  private void topics() throws Exception {
    admin
        .createTopics(
            List.of(
                new NewTopic("holdfast.commands", 3, (short) 1),
                new NewTopic("holdfast.reports", 3, (short) 1),
                new NewTopic("holdfast.events", 3, (short) 1),
                new NewTopic("holdfast.outcomes", 3, (short) 1)))
        .all()
        .get();
  }

  private void send(String topic, int partition) throws Exception {
    byte[] bytes = "x".getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic, partition, bytes, bytes)).get();
  }

  private void answer(int partition, long commandOffset) throws Exception {
    Uuid topicId =
        admin
            .describeTopics(List.of("holdfast.commands"))
            .allTopicNames()
            .get()
            .values()
            .iterator()
            .next()
            .topicId();
    byte[] bytes = "x".getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> outcome =
        new ProducerRecord<>("holdfast.outcomes", partition, bytes, bytes);
    outcome
        .headers()
        .add(
            "holdfast-command-place",
            ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(commandOffset)
                .putLong(topicId.getMostSignificantBits())
                .putLong(topicId.getLeastSignificantBits())
                .array());
    producer.send(outcome).get();
  }

  private long end(String topic, int partition) throws Exception {
    TopicPartition at = new TopicPartition(topic, partition);
    return admin.listOffsets(Map.of(at, OffsetSpec.latest())).partitionResult(at).get().offset();
  }

  private long position(String topic, int partition) throws Exception {
    OffsetAndMetadata at =
        admin
            .listConsumerGroupOffsets(GROUP)
            .partitionsToOffsetAndMetadata()
            .get()
            .get(new TopicPartition(topic, partition));
    return at == null ? -1 : at.offset();
  }
}
