package io.holdfast.allocator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.domain.decide.Settings;
import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.KafkaOptions;
import io.holdfast.schemas.registry.RegistryConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
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
      assertThat(topics.prepare()).isEqualTo(3);
      assertThat(topics.prepare()).isEqualTo(3);

      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, "holdfast.events"),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("retention.ms", "86400000"), AlterConfigOp.OpType.SET)),
                  new ConfigResource(ConfigResource.Type.TOPIC, "holdfast.commands"),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("message.timestamp.type", "CreateTime"),
                          AlterConfigOp.OpType.SET),
                      new AlterConfigOp(
                          new ConfigEntry("retention.ms", "1000000"), AlterConfigOp.OpType.SET))))
          .all()
          .get();
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
