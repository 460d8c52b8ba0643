package io.holdfast.standalone;

import io.holdfast.allocator.service.KafkaEventLog;
import io.holdfast.allocator.topology.EventLog.Entry;
import io.holdfast.wire.Contract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Where reading begins again when the positions were lost. The last answer of a partition says how
 * far its commands were worked off: the next one is read next, however long it has waited. A
 * partition without answers is read from its beginning: answers are kept at least as long as
 * commands. Reports are facts of then: agents report anew.
 */
final class Positions {
  private static final long LIMIT_S = 60;

  private final Admin admin;
  private final KafkaEventLog log;

  Positions(Admin admin, String bootstrapServers) {
    this.admin = admin;
    this.log = KafkaEventLog.of(bootstrapServers, admin);
  }

  /** Sets them for a group that has no members. */
  void afterACut(String group) {
    if (!get(admin.listTopics().names()).contains(Contract.COMMANDS)) {
      return;
    }
    int partitions =
        get(admin.describeTopics(List.of(Contract.COMMANDS)).allTopicNames())
            .values()
            .iterator()
            .next()
            .partitions()
            .size();
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    for (int p = 0; p < partitions; p++) {
      TopicPartition commands = new TopicPartition(Contract.COMMANDS, p);
      TopicPartition reports = new TopicPartition(Contract.REPORTS, p);
      positions.put(commands, new OffsetAndMetadata(nextCommand(commands)));
      positions.put(reports, new OffsetAndMetadata(offset(reports, OffsetSpec.latest())));
    }
    get(admin.alterConsumerGroupOffsets(group, positions).all());
  }

  /** Commands are not flushed: the cut may have taken answered ones off the end of their topic. */
  private long nextCommand(TopicPartition commands) {
    long begin = offset(commands, OffsetSpec.earliest());
    long end = offset(commands, OffsetSpec.latest());
    long next =
        log.lastOutcome(commands.partition())
            .flatMap(Entry::command)
            .map(place -> place.offset() + 1)
            .orElse(begin);
    return Math.clamp(next, begin, end);
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
