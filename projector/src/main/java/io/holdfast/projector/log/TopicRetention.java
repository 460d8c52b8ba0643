package io.holdfast.projector.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;

/** How long a topic keeps its records. */
public final class TopicRetention {
  private static final long TIMEOUT_S = 30;
  private static final long FOR_EVER = -1;

  private TopicRetention() {}

  /**
   * Empty: for ever.
   *
   * @throws IllegalStateException if the brokers do not say
   */
  public static Optional<Duration> of(Consumers consumers, String topic) {
    Map<String, Object> settings = new HashMap<>(consumers.more());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, consumers.bootstrapServers());
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(settings)) {
      Map<ConfigResource, Config> configs =
          admin.describeConfigs(List.of(resource)).all().get(TIMEOUT_S, TimeUnit.SECONDS);
      long ms = FOR_EVER;
      for (Config config : configs.values()) {
        ms = Long.parseLong(config.get("retention.ms").value());
      }
      return ms < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(ms));
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the settings of " + topic + " cannot be read: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
