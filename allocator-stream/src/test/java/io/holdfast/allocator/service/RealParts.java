package io.holdfast.allocator.service;

import io.holdfast.domain.decide.Settings;
import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.EmbeddedRegistry;
import io.holdfast.embedded.KafkaOptions;
import io.holdfast.embedded.RegistryOptions;
import io.holdfast.schemas.registry.RegistryClient;
import io.holdfast.schemas.registry.RegistryConfig;
import io.holdfast.wire.Codec;
import io.holdfast.wire.SchemaIds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker and a real registry, and allocators on them. */
final class RealParts implements AutoCloseable {
  static final String APPLICATION = "holdfast-test";
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(10);

  private final Path dir;
  private final EmbeddedKafka kafka;
  private final EmbeddedRegistry registry;
  private final RegistryClient client;
  private final Codec codec;

  private RealParts(Path dir, EmbeddedKafka kafka, EmbeddedRegistry registry) {
    this.dir = dir;
    this.kafka = kafka;
    this.registry = registry;
    this.client = new RegistryClient(RegistryConfig.of(registry.url()));
    this.codec = new Codec(SchemaIds.of(client));
  }

  static RealParts start(Path dir) {
    EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")));
    EmbeddedRegistry registry =
        EmbeddedRegistry.start(
            RegistryOptions.on(kafka.bootstrapServers(), dir.resolve("registry")));
    return new RealParts(dir, kafka, registry);
  }

  Codec codec() {
    return codec;
  }

  Allocator allocator() {
    return allocator(COMMIT_INTERVAL);
  }

  Allocator allocator(Duration commitInterval) {
    return new Allocator(
        config(kafka.bootstrapServers(), registry.url(), dir, commitInterval),
        codec,
        new SimpleMeterRegistry());
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  /** As a client has it that keeps to none of our settings. */
  Producer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", kafka.bootstrapServers());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Of an allocator that does not get to ask the registry. */
  static AllocatorConfig config(EmbeddedKafka kafka, Path dir) {
    return config(kafka.bootstrapServers(), URI.create("http://127.0.0.1:1"), dir, COMMIT_INTERVAL);
  }

  private static AllocatorConfig config(
      String bootstrapServers, URI registry, Path dir, Duration commitInterval) {
    return new AllocatorConfig(
        bootstrapServers,
        RegistryConfig.of(registry),
        APPLICATION,
        dir.resolve("state"),
        2,
        (short) 1,
        false,
        1,
        commitInterval,
        new AllocatorConfig.HostPort("127.0.0.1", 1),
        Settings.DEFAULT,
        Map.of());
  }

  void awaitReady(Allocator allocator) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!allocator.notReady().isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not ready: " + allocator.notReady());
      }
      Thread.onSpinWait();
    }
  }

  /** Bytes of the values of all records of a topic. */
  List<Integer> sizes(String topic) {
    Clients clients =
        new Clients(config(kafka.bootstrapServers(), registry.url(), dir, COMMIT_INTERVAL));
    List<Integer> sizes = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(r -> sizes.add(r.value().length));
      }
    }
    return sizes;
  }

  /**
   * As after a power cut: stores, changelogs and positions are gone; events and outcomes are there.
   */
  void loseEverythingButTheLog() throws Exception {
    try (Admin admin = admin()) {
      Set<String> changelogs =
          admin.listTopics().names().get().stream()
              .filter(name -> name.endsWith("-changelog"))
              .collect(Collectors.toSet());
      admin.deleteTopics(changelogs).all().get();
      admin.deleteConsumerGroups(List.of(APPLICATION)).all().get();
    }
    delete(dir.resolve("state"));
  }

  private static void delete(Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    registry.close();
    kafka.close();
  }
}
