package io.holdfast.allocator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.allocator.topology.SizeLimits;
import io.holdfast.domain.decide.Settings;
import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.KafkaOptions;
import io.holdfast.schemas.registry.RegistryConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics are made as they must be, and a wrong setting is named. */
final class TopicsIT {
  @TempDir Path dir;

  @Test
  void wrongSettingsAreListedWithWhatTheyMustBe() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      Topics topics = new Topics(config(kafka), admin);
      assertThat(topics.prepare().partitions()).isEqualTo(3);
      assertThat(topics.prepare().partitions()).isEqualTo(3);

      set(admin, "holdfast.events", "retention.ms", "86400000");
      set(admin, "holdfast.commands", "message.timestamp.type", "CreateTime");
      set(admin, "holdfast.commands", "retention.ms", "1000000");
      admin.createPartitions(Map.of("holdfast.reports", NewPartitions.increaseTo(5))).all().get();

      assertThatThrownBy(topics::prepare)
          .isInstanceOf(TopicException.class)
          .hasMessageContaining("topic holdfast.events: retention.ms is 86400000, must be -1")
          .hasMessageContaining(
              "topic holdfast.commands: message.timestamp.type is CreateTime, must be LogAppendTime")
          .hasMessageContaining(
              "topic holdfast.reports has 5 partitions, and holdfast.commands has 3")
          .hasMessageNotContaining("1000000");
    }
  }

  @Test
  void answersAreKeptAsLongAsTheirCommandsCanBeReadAgain() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      Topics topics = new Topics(config(kafka), admin);
      var _ = topics.prepare();
      set(admin, "holdfast.commands", "retention.ms", "7200000");
      set(admin, "holdfast.outcomes", "retention.ms", "7199999");
      set(admin, "holdfast.outcomes", "retention.bytes", "1000000");
      assertThatThrownBy(topics::prepare)
          .isInstanceOf(TopicException.class)
          .hasMessageContaining(
              "topic holdfast.outcomes: retention.ms is 7199999, must be 7200000 or more, or -1:"
                  + " not shorter than that of holdfast.commands")
          .hasMessageContaining("topic holdfast.outcomes: retention.bytes is 1000000, must be -1");

      set(admin, "holdfast.outcomes", "retention.bytes", "-1");
      set(admin, "holdfast.commands", "retention.ms", "-1");
      assertThatThrownBy(topics::prepare)
          .hasMessageContaining(
              "retention.ms is 7199999, must be -1: not shorter than that of holdfast.commands");

      // The answers of the last hour are given again, whatever happens to the commands.
      set(admin, "holdfast.commands", "retention.ms", "60000");
      set(admin, "holdfast.outcomes", "retention.ms", "3599999");
      assertThatThrownBy(topics::prepare)
          .hasMessageContaining(
              "retention.ms is 3599999, must be 3600000 or more, or -1: answers are remembered for"
                  + " so long");

      set(admin, "holdfast.outcomes", "retention.ms", "3600000");
      assertThat(topics.prepare().partitions()).isEqualTo(3);
      set(admin, "holdfast.outcomes", "retention.ms", "-1");
      assertThat(topics.prepare().partitions()).isEqualTo(3);
    }
  }

  @Test
  void ownTopicsHaveRoomForMoreThanClientsMaySend() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      Topics topics = new Topics(config(kafka), admin);
      assertThat(topics.prepare().limits().own()).isGreaterThan(4 * 1_048_588);
      set(admin, "holdfast.reports", "max.message.bytes", "5000000");

      assertThat(topics.prepare().limits())
          .isEqualTo(new SizeLimits(1_048_588, 5_000_000, 4 * 5_000_000 + 65_536));
      for (String topic :
          List.of("holdfast.events", "holdfast.outcomes", "holdfast.dead-letters")) {
        awaitSetting(admin, topic, "max.message.bytes", "20065536");
      }
    }
  }

  private static void set(Admin admin, String topic, String setting, String value)
      throws Exception {
    AlterConfigOp change =
        new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
    admin
        .incrementalAlterConfigs(
            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
        .all()
        .get();
    awaitSetting(admin, topic, setting, value);
  }

  /** The controller has a change before the broker does. */
  private static void awaitSetting(Admin admin, String topic, String setting, String value)
      throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    String found = "";
    while (!found.equals(value) && System.nanoTime() < deadline) {
      for (Config config : admin.describeConfigs(List.of(resource)).all().get().values()) {
        found = config.get(setting).value();
      }
    }
    assertThat(found).as("%s of %s", setting, topic).isEqualTo(value);
  }

  private AllocatorConfig config(EmbeddedKafka kafka) {
    return new AllocatorConfig(
        kafka.bootstrapServers(),
        RegistryConfig.of(URI.create("http://127.0.0.1:1")),
        "holdfast-topics",
        dir.resolve("state"),
        3,
        (short) 1,
        true,
        1,
        Duration.ofMillis(10),
        new AllocatorConfig.HostPort("127.0.0.1", 1),
        Settings.DEFAULT,
        Map.of());
  }
}
