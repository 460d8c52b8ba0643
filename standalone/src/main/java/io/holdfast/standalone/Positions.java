package io.holdfast.standalone;

import io.holdfast.wire.Contract;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Where reading begins again when the positions were lost: as long before the last event as
 * recovery reads answers again. Commands whose answers are still remembered are read again, and get
 * those answers; older ones must not be, because they would be executed a second time. Reports are
 * facts of then: agents report anew.
 */
final class Positions {
  private static final long LIMIT_S = 60;

  private final Admin admin;

  Positions(Admin admin) {
    this.admin = admin;
  }

  /** Sets them for a group that has no members. */
  void afterACut(String group, long outcomeKeepMs) {
    if (!get(admin.listTopics().names()).contains(Contract.COMMANDS)) {
      return;
    }
    int partitions =
        get(admin.describeTopics(java.util.List.of(Contract.COMMANDS)).allTopicNames())
            .values()
            .iterator()
            .next()
            .partitions()
            .size();
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    for (int p = 0; p < partitions; p++) {
      TopicPartition commands = new TopicPartition(Contract.COMMANDS, p);
      TopicPartition reports = new TopicPartition(Contract.REPORTS, p);
      long lastEvent =
          info(new TopicPartition(Contract.EVENTS, p), OffsetSpec.maxTimestamp()).timestamp();
      long from =
          info(commands, OffsetSpec.forTimestamp(Math.max(0, lastEvent - outcomeKeepMs))).offset();
      positions.put(
          commands,
          new OffsetAndMetadata(from < 0 ? info(commands, OffsetSpec.latest()).offset() : from));
      positions.put(reports, new OffsetAndMetadata(info(reports, OffsetSpec.latest()).offset()));
    }
    get(admin.alterConsumerGroupOffsets(group, positions).all());
  }

  private ListOffsetsResultInfo info(TopicPartition partition, OffsetSpec spec) {
    return get(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition));
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
