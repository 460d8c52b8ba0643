package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.KafkaOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where reading begins after a power cut, on a real broker. Answers are remembered for an hour. */
final class PositionsIT {
  private static final String GROUP = "g";
  private static final long HOUR = TimeUnit.HOURS.toMillis(1);
  private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

  @TempDir Path dir;
  private final long lastEvent = System.currentTimeMillis() - 5 * HOUR;
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
  void onlyCommandsWhoseAnswersAreRememberedAreReadAgain() throws Exception {
    topics();
    send("holdfast.events", 0, lastEvent - 9 * HOUR);
    send("holdfast.events", 0, lastEvent);
    send("holdfast.commands", 0, lastEvent - 2 * HOUR);
    send("holdfast.commands", 0, lastEvent - HOUR - MINUTE);
    send("holdfast.commands", 0, lastEvent - HOUR + MINUTE);
    send("holdfast.commands", 0, lastEvent + HOUR);
    send("holdfast.reports", 0, lastEvent);
    // All of these are too old.
    send("holdfast.events", 1, lastEvent);
    send("holdfast.commands", 1, lastEvent - 3 * HOUR);
    send("holdfast.commands", 1, lastEvent - 2 * HOUR);
    // Nothing was decided here yet.
    send("holdfast.commands", 2, lastEvent - 3 * HOUR);

    new Positions(admin).afterACut(GROUP, HOUR);

    assertThat(position("holdfast.commands", 0)).as("the third one").isEqualTo(2);
    assertThat(position("holdfast.reports", 0)).as("the end").isEqualTo(1);
    assertThat(position("holdfast.commands", 1)).as("the end").isEqualTo(2);
    assertThat(position("holdfast.commands", 2)).as("the beginning").isZero();
    assertThat(position("holdfast.reports", 2)).isZero();
  }

  /** A power cut in the first moments: there is nothing to read again. */
  @Test
  void withoutTopicsNothingIsSet() throws Exception {
    new Positions(admin).afterACut(GROUP, HOUR);

    assertThat(admin.listGroups().all().get()).isEmpty();
  }

  private void topics() throws Exception {
    admin
        .createTopics(
            List.of(
                new NewTopic("holdfast.commands", 3, (short) 1),
                new NewTopic("holdfast.reports", 3, (short) 1),
                new NewTopic("holdfast.events", 3, (short) 1)))
        .all()
        .get();
  }

  private void send(String topic, int partition, long time) throws Exception {
    byte[] bytes = "x".getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic, partition, time, bytes, bytes)).get();
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
