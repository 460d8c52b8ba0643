package io.holdfast.allocator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.allocator.service.AllocatorApi.Answer;
import io.holdfast.allocator.service.AllocatorApi.UnreadableAnswerException;
import io.holdfast.allocator.topology.Headers;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.KafkaOptions;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.Message;
import io.holdfast.wire.NumberedIds;
import io.holdfast.wire.OutcomeMeta;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows topics of a real broker that anybody can write to. */
final class TailIT {
  private static final String NETWORK = "n";

  @TempDir Path dir;
  private final Codec codec = new Codec(new NumberedIds());
  private final Progress progress = new Progress();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private EmbeddedKafka kafka;
  private Producer<byte[], byte[]> producer;
  private Tail tail;

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")));
    AllocatorConfig config = RealParts.config(kafka, dir);
    Clients clients = new Clients(config);
    try (Admin admin = clients.admin()) {
      Topics.Found topics = new Topics(config, admin).prepare();
      tail = new Tail(clients.consumer(), codec, progress, topics.partitions(), meters);
      producer = clients.producer(topics.limits().own());
    }
  }

  @AfterEach
  void stop() {
    tail.close();
    producer.close();
    kafka.close();
  }

  @Test
  void whatCannotBeReadIsSkippedAndItsCallerIsTold() throws Exception {
    CompletableFuture<Answer> unlucky = tail.expect(NETWORK, "broken");
    CompletableFuture<Answer> next = tail.expect(NETWORK, "whole");

    send(Contract.EVENTS, null, null, Headers.SEQUENCE, ByteBuffer.allocate(8).putLong(7).array());
    send(Contract.OUTCOMES, null, null, Headers.COMMAND, bytes("nobody"));
    send(Contract.OUTCOMES, bytes(NETWORK), bytes("no avro"), Headers.COMMAND, bytes("broken"));
    outcome("whole", new Outcome.Accepted(List.of(), false, 1));

    assertThatThrownBy(() -> unlucky.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(UnreadableAnswerException.class)
        .hasMessageContaining("the answer to command broken cannot be read");
    assertThat(next.get(20, TimeUnit.SECONDS).outcome())
        .isEqualTo(new Outcome.Accepted(List.of(), false, 1));
    assertThat(tail.isRunning()).isTrue();
    assertThat(meters.counter("holdfast.tail.skipped").count()).isEqualTo(2);
  }

  private void outcome(String id, Outcome outcome) throws Exception {
    OutcomeMeta meta = new OutcomeMeta(id, "RemovePool", NETWORK, 1, "test", false, false);
    byte[] value = codec.encode(Contract.OUTCOMES, new Message<>(meta, outcome));
    send(Contract.OUTCOMES, bytes(NETWORK), value, Headers.COMMAND, bytes(id));
  }

  private void send(
      String topic, byte @Nullable [] key, byte @Nullable [] value, String header, byte[] content)
      throws Exception {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, key, value);
    record.headers().add(header, content);
    producer.send(record).get();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
