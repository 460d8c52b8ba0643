package io.holdfast.allocator.service;

import io.holdfast.allocator.topology.SizeLimits;
import io.holdfast.wire.Contract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing, and checks the rest: a wrong setting is an error, never
 * silently lived with.
 */
final class Topics {
  private static final long TIMEOUT_S = 30;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final String FOR_EVER = "-1";

  /** How far ahead of the broker's clock a record may be; what is ours is taken in any case. */
  static final String AHEAD = "message.timestamp.after.max.ms";

  static final String AHEAD_ANY = Long.toString(Long.MAX_VALUE);
  private static final List<String> IN_STEP =
      List.of(Contract.COMMANDS, Contract.REPORTS, Contract.EVENTS, Contract.OUTCOMES);

  private final AllocatorConfig config;
  private final Admin admin;

  Topics(AllocatorConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
  }

  /**
   * What was found.
   *
   * @param partitions of each topic
   * @param commandsTopic id of the commands topic
   */
  record Found(int partitions, Uuid commandsTopic, SizeLimits limits) {}

  Found prepare() {
    checkCluster();
    Map<String, Map<String, String>> wanted = settings();
    create(wanted);
    TopicDescription commands = check(wanted);
    return new Found(
        commands.partitions().size(), commands.topicId(), new RecordSizes(config, admin).prepare());
  }

  /** Settings of each topic that must hold; other settings are the operator's. */
  private Map<String, Map<String, String>> settings() {
    Map<String, Map<String, String>> topics = new LinkedHashMap<>();
    topics.put(
        Contract.COMMANDS,
        kept(config.commandRetention(), Map.of("message.timestamp.type", "LogAppendTime")));
    topics.put(Contract.REPORTS, kept(Duration.ofDays(1), Map.of()));
    topics.put(
        Contract.EVENTS,
        log(
            Map.of(
                "cleanup.policy",
                "delete",
                "retention.ms",
                FOR_EVER,
                "retention.bytes",
                FOR_EVER)));
    // A limit in bytes could drop answers that are still given again.
    Duration answers =
        Duration.ofMillis(
            Math.max(config.commandRetention().toMillis(), config.settings().outcomeKeepMs()));
    topics.put(Contract.OUTCOMES, log(kept(answers, Map.of("retention.bytes", FOR_EVER))));
    topics.put(Contract.DEAD_LETTERS, kept(Duration.ofDays(30), Map.of(AHEAD, AHEAD_ANY)));
    return topics;
  }

  private static Map<String, String> kept(Duration time, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("cleanup.policy", "delete");
    settings.put("retention.ms", Long.toString(time.toMillis()));
    return settings;
  }

  /**
   * What is recorded carries its own time, which never runs backwards: after a clock that was wrong
   * once it may be far ahead, and must be taken all the same.
   */
  private Map<String, String> log(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("message.timestamp.type", "CreateTime");
    all.put(AHEAD, AHEAD_ANY);
    if (config.flush()) {
      all.put("flush.messages", "1");
    }
    return all;
  }

  private void create(Map<String, Map<String, String>> wanted) {
    Collection<String> existing = get("list topics", admin.listTopics().names());
    List<NewTopic> missing = new ArrayList<>();
    wanted.forEach((name, settings) -> {
      if (!existing.contains(name)) {
        Map<String, String> all = new HashMap<>(settings);
        if (config.replication() > 2) {
          all.put("min.insync.replicas", "2");
        }
        missing.add(new NewTopic(name, config.partitions(), config.replication()).configs(all));
      }
    });
    admin
        .createTopics(missing)
        .values()
        .forEach((name, created) -> {
          try {
            created.get(TIMEOUT_S, TimeUnit.SECONDS);
          } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) { // another instance was faster
              throw new TopicException("topic " + name + " cannot be created: " + e.getCause());
            }
          } catch (InterruptedException | TimeoutException e) {
            throw failed("create topic " + name, e);
          }
        });
  }

  private TopicDescription check(Map<String, Map<String, String>> wanted) {
    List<String> wrong = new ArrayList<>();
    Map<String, TopicDescription> topics =
        onceKnown("describe topics", () -> admin.describeTopics(wanted.keySet()).allTopicNames());
    int partitions = count(topics, Contract.COMMANDS);
    for (String name : IN_STEP) {
      int count = count(topics, name);
      if (count != partitions) {
        wrong.add(
            "topic "
                + name
                + " has "
                + count
                + " partitions, and "
                + Contract.COMMANDS
                + " has "
                + partitions
                + ": they must be the same, and cannot be changed later");
      }
    }
    Map<ConfigResource, Config> configs =
        onceKnown(
            "describe topic settings",
            () ->
                admin
                    .describeConfigs(
                        wanted.keySet().stream()
                            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                            .toList())
                    .all());
    configs.forEach((topic, config) ->
        compare(topic.name(), config, wanted.getOrDefault(topic.name(), Map.of()), wrong));
    checkOutcomes(configs, wrong);
    if (!wrong.isEmpty()) {
      throw new TopicException(String.join("\n", wrong));
    }
    return Objects.requireNonNull(topics.get(Contract.COMMANDS));
  }

  /** As long as a command can be read again, its answer must be there to be given again. */
  private void checkOutcomes(Map<ConfigResource, Config> configs, List<String> wrong) {
    long outcomes = retentionMs(configs, Contract.OUTCOMES);
    long commands = retentionMs(configs, Contract.COMMANDS);
    long least = Math.max(commands, config.settings().outcomeKeepMs());
    if (outcomes < least) {
      wrong.add(
          "topic "
              + Contract.OUTCOMES
              + ": retention.ms is "
              + outcomes
              + ", must be "
              + (least == Long.MAX_VALUE ? FOR_EVER : least + " or more, or " + FOR_EVER)
              + (least == commands
                  ? ": not shorter than that of " + Contract.COMMANDS
                  : ": answers are remembered for so long"));
    }
  }

  private static long retentionMs(Map<ConfigResource, Config> configs, String topic) {
    Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic));
    ConfigEntry entry = config == null ? null : config.get("retention.ms");
    String value = entry == null ? FOR_EVER : entry.value();
    return value.equals(FOR_EVER) ? Long.MAX_VALUE : Long.parseLong(value);
  }

  private static int count(Map<String, TopicDescription> topics, String name) {
    TopicDescription topic = topics.get(name);
    return topic == null ? 0 : topic.partitions().size();
  }

  /**
   * Retention other than for ever is the operator's choice; that events are kept, and when commands
   * came, is not.
   */
  private static void compare(
      String topic, Config config, Map<String, String> wanted, List<String> wrong) {
    wanted.forEach((setting, value) -> {
      boolean free = setting.equals("retention.ms") && !value.equals(FOR_EVER);
      String found = config.get(setting) == null ? "" : config.get(setting).value();
      if (!free && !value.equals(found)) {
        wrong.add("topic " + topic + ": " + setting + " is " + found + ", must be " + value);
      }
    });
  }

  /** Transactions before version 2 could tear. */
  private void checkCluster() {
    FinalizedVersionRange version =
        get("describe features", admin.describeFeatures().featureMetadata())
            .finalizedFeatures()
            .get("transaction.version");
    if (version == null || version.maxVersionLevel() < 2) {
      throw new TopicException(
          "the cluster's feature transaction.version is "
              + (version == null ? 0 : version.maxVersionLevel())
              + ", must be 2 or higher: kafka-features.sh upgrade --feature transaction.version=2");
    }
  }

  /** A topic that was just made is known to the controller before every broker knows it. */
  static <T> T onceKnown(String what, Supplier<org.apache.kafka.common.KafkaFuture<T>> question) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
    while (true) {
      try {
        return question.get().get(TIMEOUT_S, TimeUnit.SECONDS);
      } catch (InterruptedException | TimeoutException e) {
        throw failed(what, e);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > deadline) {
          throw failed(what, e);
        }
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
    }
  }

  static <T> T get(String what, org.apache.kafka.common.KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT_S, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw failed(what, e);
    }
  }

  private static TopicException failed(String what, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    return new TopicException("cannot " + what + ": " + cause);
  }
}
