package io.holdfast.bench.load;

import io.holdfast.standalone.Standalone;
import io.holdfast.wire.Contract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How large the allocator's records are, in bytes and on average over allocations and releases: the
 * limit writes as much.
 */
public record Sizes(int command, int event, int answer) {
  private static final int COUNT = 100;
  private static final Duration LOOK = Duration.ofMillis(200);

  /** Looks at some. */
  public static Sizes of(Standalone standalone) {
    try (Load load = PairLoad.of(standalone, "sizes", "10.0.0.0/24", 0)) {
      List<Load.Sendable> commands = load.prepare(COUNT);
      Runs.done(load, commands);
      return new Sizes(
          (int) commands.stream().mapToInt(c -> c.value().length).average().orElseThrow(),
          average(standalone, Contract.EVENTS),
          average(standalone, Contract.OUTCOMES));
    }
  }

  /** Of all there are: the benchmark's own network is the only one yet. */
  private static int average(Standalone standalone, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                standalone.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(topic)
          .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long bytes = 0;
      int records = 0;
      while (records < COUNT) {
        for (var record : consumer.poll(LOOK)) {
          bytes += record.value().length;
          records++;
        }
      }
      return (int) (bytes / records);
    }
  }
}
