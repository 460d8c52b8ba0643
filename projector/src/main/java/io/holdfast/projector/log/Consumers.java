package io.holdfast.projector.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Makes consumers: of no group, because positions are kept with the rows; only of what is
 * committed.
 *
 * @param bootstrapServers as Kafka's clients want it
 * @param more settings of Kafka's clients, for example for TLS
 */
public record Consumers(String bootstrapServers, Map<String, String> more) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  public Consumers {
    more = Map.copyOf(more);
  }

  public static Consumers of(String bootstrapServers) {
    return new Consumers(bootstrapServers, Map.of());
  }

  public Consumer<byte[], byte[]> open() {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    // A position that the log does not have is a fault to be told, never to be jumped over.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "16777216");
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4194304");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The partitions of a topic, in order; empty if there is no such topic. */
  public static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> all = new ArrayList<>();
    var known = consumer.partitionsFor(topic, LIMIT);
    if (known != null) {
      known.forEach(p -> all.add(new TopicPartition(topic, p.partition())));
    }
    all.sort(Comparator.comparingInt(TopicPartition::partition));
    return all;
  }
}
