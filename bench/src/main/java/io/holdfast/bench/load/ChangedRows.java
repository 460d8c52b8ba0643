package io.holdfast.bench.load;

import io.holdfast.standalone.Standalone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * What commands change in the stores, as their changelogs have it: an allocation and a release in
 * turns.
 *
 * @param each rows a command, on average; with the marks of transactions, about one in a hundred
 * @param bytes that such a row takes in its changelog, on average
 */
public record ChangedRows(double each, int bytes) {
  private static final int COUNT = 10_000;

  /** Looks at some thousand commands of the load. */
  public static ChangedRows of(Standalone standalone, Load load) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", standalone.bootstrapServers()))) {
      Written before = Written.now(admin, standalone.config().applicationId());
      Runs.done(load, load.prepare(COUNT));
      Written after = Written.now(admin, standalone.config().applicationId());
      long records = after.records() - before.records();
      return new ChangedRows(
          (double) records / COUNT, (int) Math.max(1, (after.bytes() - before.bytes()) / records));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the changelogs cannot be looked at", e.getCause());
    }
  }

  /** All changelogs of the allocator together. */
  private record Written(long records, long bytes) {
    static Written now(Admin admin, String application)
        throws InterruptedException, ExecutionException {
      long bytes = 0;
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      List<Integer> brokers =
          admin.describeCluster().nodes().get().stream().map(node -> node.id()).toList();
      for (Map<String, LogDirDescription> broker :
          admin.describeLogDirs(brokers).allDescriptions().get().values()) {
        for (LogDirDescription directory : broker.values()) {
          for (var replica : directory.replicaInfos().entrySet()) {
            String topic = replica.getKey().topic();
            if (topic.startsWith(application + "-") && topic.endsWith("-changelog")) {
              bytes += replica.getValue().size();
              ends.put(replica.getKey(), OffsetSpec.latest());
            }
          }
        }
      }
      long records =
          admin.listOffsets(ends).all().get().values().stream()
              .mapToLong(end -> end.offset())
              .sum();
      return new Written(records, bytes);
    }
  }
}
