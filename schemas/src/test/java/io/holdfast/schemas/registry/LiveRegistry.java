package io.holdfast.schemas.registry;

import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.EmbeddedRegistry;
import io.holdfast.embedded.KafkaOptions;
import io.holdfast.embedded.RegistryOptions;
import java.nio.file.Path;

/** A real registry on a real broker, for one test class. */
final class LiveRegistry implements AutoCloseable {
  private final EmbeddedKafka kafka;
  private final EmbeddedRegistry registry;

  LiveRegistry(Path directory) {
    kafka = EmbeddedKafka.start(KafkaOptions.in(directory.resolve("kafka")));
    try {
      registry = EmbeddedRegistry.start(RegistryOptions.on(kafka.bootstrapServers(), directory));
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  RegistryClient client() {
    return new RegistryClient(RegistryConfig.of(registry.url()));
  }

  String url() {
    return registry.url().toString();
  }

  @Override
  public void close() {
    registry.close();
    kafka.close();
  }
}
