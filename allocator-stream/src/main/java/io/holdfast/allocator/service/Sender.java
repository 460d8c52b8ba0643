package io.holdfast.allocator.service;

import io.holdfast.allocator.service.AllocatorApi.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends commands and reports that came over HTTP to their topics. */
final class Sender {
  private final Producer<byte[], byte[]> producer;

  Sender(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Done when the brokers have it; else with an {@link UnavailableException}. */
  CompletableFuture<Void> send(String topic, String network, byte[] record) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      var _ =
          producer.send(
              new ProducerRecord<>(topic, network.getBytes(StandardCharsets.UTF_8), record),
              (at, fault) -> {
                if (fault == null) {
                  sent.complete(null);
                } else {
                  sent.completeExceptionally(
                      new UnavailableException(
                          topic + " cannot be written to: " + fault.getMessage(), fault));
                }
              });
    } catch (org.apache.kafka.common.KafkaException | IllegalStateException e) {
      sent.completeExceptionally(
          new UnavailableException(topic + " cannot be written to: " + e.getMessage(), e));
    }
    return sent;
  }
}
