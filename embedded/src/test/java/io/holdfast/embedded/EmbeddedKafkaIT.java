package io.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  private static final TopicPartition TOPIC = new TopicPartition("t", 0);

  @TempDir Path data;

  @Test
  void keepsClusterIdAndRecordsAcrossRestarts() throws Exception {
    String clusterId;
    try (var kafka = EmbeddedKafka.start(KafkaOptions.in(data))) {
      clusterId = kafka.clusterId();
      createTopic(kafka);
      produce(kafka, "first");
    }
    try (var kafka = EmbeddedKafka.start(KafkaOptions.in(data))) {
      assertThat(kafka.clusterId()).isEqualTo(clusterId);
      produce(kafka, "second");
      assertThat(consume(kafka, 2)).containsExactly("first", "second");
      assertThat(kafka.fault()).isEmpty();
    }
  }

  @Test
  void hasTransactionsThatCannotTear() throws Exception {
    try (var kafka = EmbeddedKafka.start(KafkaOptions.in(data));
        var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      var features = admin.describeFeatures().featureMetadata().get().finalizedFeatures();
      assertThat(features)
          .hasEntrySatisfying(
              "transaction.version",
              range -> assertThat(range.maxVersionLevel()).isGreaterThanOrEqualTo((short) 2));
    }
  }

  @Test
  void givenPropertiesWinOverDefaults() throws Exception {
    try (var kafka =
        EmbeddedKafka.start(KafkaOptions.in(data).with("auto.create.topics.enable", "true"))) {
      produce(kafka, "first");
      assertThat(consume(kafka, 1)).containsExactly("first");
    }
  }

  @Test
  void listensOnLoopbackOnThePortAskedFor() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    try (var kafka = EmbeddedKafka.start(KafkaOptions.in(data).withPort(port));
        var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      assertThat(admin.describeCluster().nodes().get())
          .singleElement()
          .satisfies(node -> {
            assertThat(node.host()).isEqualTo("127.0.0.1");
            assertThat(node.port()).isEqualTo(port);
          });
    }
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedKafka.start(KafkaOptions.in(data).withPort(port)))
          .isInstanceOfSatisfying(
              EmbeddedException.PortTaken.class, e -> assertThat(e.port()).isEqualTo(port))
          .hasMessageContaining(Integer.toString(port));
    }
    // The directory was let go again.
    EmbeddedKafka.start(KafkaOptions.in(data)).close();
  }

  @Test
  void saysThatTheDirectoryIsInUseHereOrInAnotherProcess() throws Exception {
    try (var kafka = EmbeddedKafka.start(KafkaOptions.in(data))) {
      assertThatThrownBy(() -> EmbeddedKafka.start(KafkaOptions.in(data)))
          .isInstanceOf(EmbeddedException.DataDirectoryLocked.class)
          .hasMessageContaining(data.toString());
      assertThat(kafka.fault()).isEmpty();
    }
    Process other = Jvm.start(KafkaForEver.class, data.toString());
    try {
      Jvm.firstLine(other);
      assertThatThrownBy(() -> EmbeddedKafka.start(KafkaOptions.in(data)))
          .isInstanceOf(EmbeddedException.DataDirectoryLocked.class)
          .hasMessageContaining("process " + other.pid());
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void keepsAcknowledgedRecordsWhenKilled() throws Exception {
    Process other = Jvm.start(KafkaForEver.class, data.toString());
    String bootstrap = Jvm.firstLine(other);
    createTopic(bootstrap);
    produce(bootstrap, "first");
    other.destroyForcibly().waitFor();
    long begin = System.nanoTime();
    try (var kafka = EmbeddedKafka.start(KafkaOptions.in(data))) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
      assertThat(consume(kafka, 1)).containsExactly("first");
    }
  }

  @Test
  void closesTwice() {
    var kafka = EmbeddedKafka.start(KafkaOptions.in(data));
    kafka.close();
    kafka.close();
  }

  private static void createTopic(EmbeddedKafka kafka) throws Exception {
    createTopic(kafka.bootstrapServers());
  }

  private static void createTopic(String bootstrap) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.createTopics(List.of(new NewTopic("t", Optional.of(1), Optional.empty()))).all().get();
    }
  }

  private static void produce(EmbeddedKafka kafka, String value) throws Exception {
    produce(kafka.bootstrapServers(), value);
  }

  private static void produce(String bootstrap, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>("t", "k", value)).get();
    }
  }

  private static List<String> consume(EmbeddedKafka kafka, int count) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(TOPIC));
      var values = new ArrayList<String>();
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
