package io.holdfast.standalone;

import io.holdfast.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What a single broker needs beyond its start: which topics it flushes, and what it forgets after a
 * power cut.
 */
final class Broker {
  private static final String TRANSACTIONS = "__transaction_state";
  private static final long LIMIT_S = 60;

  private final EmbeddedKafka kafka;

  Broker(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  /**
   * Makes the decision of a transaction durable before its markers make anything visible: an answer
   * that was seen must not come undone because the marker on the events was not yet on disk.
   */
  void flushTransactions(boolean on) {
    try (Admin admin = admin()) {
      if (!get(admin
              .listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true))
              .names())
          .contains(TRANSACTIONS)) {
        createTransactionTopic();
      }
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TRANSACTIONS);
      AlterConfigOp op =
          on
              ? new AlterConfigOp(new ConfigEntry("flush.messages", "1"), AlterConfigOp.OpType.SET)
              : new AlterConfigOp(
                  new ConfigEntry("flush.messages", ""), AlterConfigOp.OpType.DELETE);
      get(admin.incrementalAlterConfigs(Map.of(topic, List.of(op))).all());
    }
  }

  /** The broker makes it with its first transactional producer. */
  private void createTransactionTopic() {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "holdfast-first");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
    }
  }

  /**
   * Drops all that is only a cache of the log: changelogs, positions, local stores. They were not
   * flushed, so each may have lost another part of its end, and together they may be a state that
   * never was.
   */
  void forgetAllButTheLog(String applicationId, Path stateDir) {
    try (Admin admin = admin()) {
      endOpenTransactions(admin, applicationId);
      List<String> changelogs =
          get(admin.listTopics().names()).stream()
              .filter(name -> name.startsWith(applicationId + "-") && name.endsWith("-changelog"))
              .toList();
      get(admin.deleteTopics(changelogs).all());
      deleteGroup(admin, applicationId);
      new Positions(admin, kafka.bootstrapServers()).afterACut(applicationId);
    }
    deleteTree(stateDir);
  }

  /** Nobody is left who could end them; until their time limit they would hide all that follows. */
  private static void endOpenTransactions(Admin admin, String applicationId) {
    List<String> open =
        get(admin.listTransactions().all()).stream()
            .map(TransactionListing::transactionalId)
            .filter(id -> id.startsWith(applicationId + "-"))
            .toList();
    get(admin.fenceProducers(open).all());
  }

  /**
   * The members of before the cut are still in the group as its log has it; nobody else can be in
   * it yet.
   */
  private static void deleteGroup(Admin admin, String group) {
    try {
      for (ConsumerGroupDescription found :
          admin
              .describeConsumerGroups(List.of(group))
              .all()
              .get(LIMIT_S, TimeUnit.SECONDS)
              .values()) {
        // The cut may have taken the members off the group's log, and not the group.
        if (!found.members().isEmpty()) {
          admin
              .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
              .all()
              .get(LIMIT_S, TimeUnit.SECONDS);
        }
      }
      admin.deleteConsumerGroups(List.of(group)).all().get(LIMIT_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!isAbsent(e)) {
        throw failed(e);
      }
    } catch (InterruptedException | TimeoutException e) {
      throw failed(e);
    }
  }

  private static boolean isAbsent(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof GroupIdNotFoundException) {
        return true;
      }
    }
    return false;
  }

  private static void deleteTree(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get(LIMIT_S, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    return new IllegalStateException("the broker did not do as asked: " + cause, cause);
  }
}
