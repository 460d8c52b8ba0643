package io.holdfast.standalone;

import io.holdfast.allocator.service.KafkaEventLog;
import io.holdfast.allocator.topology.EventLog.Entry;
import io.holdfast.wire.Contract;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where reading begins again when the positions were lost. The last answer of a partition says how
 * far its commands were worked off: the next one is read next, however long it has waited. A
 * partition without answers is read from its beginning: answers are kept at least as long as
 * commands. Reports are facts of then: agents report anew.
 */
final class Positions {
  private static final List<String> TOPICS =
      List.of(Contract.COMMANDS, Contract.REPORTS, Contract.EVENTS, Contract.OUTCOMES);
  private static final long LIMIT_S = 60;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Admin admin;
  private final String bootstrapServers;
  private final KafkaEventLog log;

  Positions(Admin admin, String bootstrapServers) {
    this.admin = admin;
    this.bootstrapServers = bootstrapServers;
    this.log = KafkaEventLog.of(bootstrapServers, admin);
  }

  /** Sets them for a group that has no members. */
  void afterACut(String group) {
    if (!get(admin.listTopics().names()).containsAll(TOPICS)) {
      return; // the cut came before anything was answered
    }
    TopicDescription topic =
        get(admin.describeTopics(List.of(Contract.COMMANDS)).allTopicNames())
            .values()
            .iterator()
            .next();
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    for (int p = 0; p < topic.partitions().size(); p++) {
      TopicPartition commands = new TopicPartition(Contract.COMMANDS, p);
      TopicPartition reports = new TopicPartition(Contract.REPORTS, p);
      awaitSettled(p);
      long next = nextCommand(commands, topic.topicId());
      fill(commands, next);
      positions.put(commands, new OffsetAndMetadata(next));
      positions.put(reports, new OffsetAndMetadata(offset(reports, OffsetSpec.latest())));
    }
    get(admin.alterConsumerGroupOffsets(group, positions).all());
  }

  /** After the last command that was answered; the first one if none was. */
  private long nextCommand(TopicPartition commands, Uuid topicId) {
    return log.lastOutcome(commands.partition())
        .flatMap(Entry::command)
        .filter(place -> place.topic().equals(topicId))
        .map(place -> place.offset() + 1)
        .orElseGet(() -> offset(commands, OffsetSpec.earliest()));
  }

  /**
   * Commands are not flushed: the cut may have taken answered ones off the end of their topic.
   * Their offsets are taken by empty records, so that no new command gets one and counts as
   * answered.
   */
  private void fill(TopicPartition commands, long next) {
    long missing = next - offset(commands, OffsetSpec.latest());
    if (missing <= 0) {
      return;
    }
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long i = 0; i < missing; i++) {
        var _ =
            producer.send(new ProducerRecord<>(commands.topic(), commands.partition(), null, null));
      }
    }
    long end = offset(commands, OffsetSpec.latest());
    if (end < next) {
      throw new IllegalStateException(
          commands + " ends at " + end + ", and commands up to " + next + " were answered");
    }
  }

  /** The broker ends what was open at the cut in a moment. */
  private void awaitSettled(int partition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
    while (!log.isSettled(partition)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "a transaction on partition " + partition + " did not end within " + LIMIT_S + " s");
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private long offset(TopicPartition partition, OffsetSpec spec) {
    return get(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition)).offset();
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get(LIMIT_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the positions cannot be set: " + e, e);
    }
  }
}
