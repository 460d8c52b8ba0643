package io.holdfast.allocator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.KafkaOptions;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.NumberedIds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that go wrong, on a real broker. */
final class AllocatorFaultsIT {
  @TempDir Path dir;
  private EmbeddedKafka kafka;
  private AllocatorConfig config;

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")));
    config = RealParts.config(kafka, dir);
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  private Allocator allocator() {
    return new Allocator(config, new Codec(new NumberedIds()), new SimpleMeterRegistry());
  }

  /** What is no event is in the event log: the partition cannot be worked on. */
  @Test
  void theReasonOfAFaultIsTold() throws Exception {
    Clients clients = new Clients(config);
    try (Admin admin = clients.admin();
        Producer<byte[], byte[]> producer =
            clients.producer(new Topics(config, admin).prepare().limits().own())) {
      byte[] junk = "junk".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(Contract.EVENTS, 0, junk, junk)).get();
    }
    try (Allocator allocator = allocator()) {
      String reason = "the event at offset 0 cannot be read: a record needs at least 5 bytes";
      String missing = allocator.notReady();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!missing.contains(reason) && System.nanoTime() < deadline) {
        Thread.onSpinWait();
        missing = allocator.notReady();
      }
      assertThat(missing).contains(reason);
    }
  }

  @Test
  void aFailedStartLeavesNothingOpen() throws Exception {
    Set<Thread> before = clientThreads();
    // Found by Streams, which comes last: everything else is open by then.
    Files.createFile(config.stateDir());

    assertThatThrownBy(this::allocator).isInstanceOf(StreamsException.class);

    for (Thread left : clientThreads()) {
      if (!before.contains(left)) {
        assertThat(left.join(Duration.ofSeconds(20))).as(left.getName()).isTrue();
      }
    }
  }

  private static Set<Thread> clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread ->
            thread.getName().startsWith("holdfast-tail")
                || thread.getName().startsWith("kafka-admin-client-thread")
                || thread.getName().startsWith("kafka-producer-network-thread"))
        .collect(Collectors.toSet());
  }
}
