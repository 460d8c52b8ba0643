package io.holdfast.bench;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Produces commands and consumes committed outcomes, as a user of the topics would. */
final class Client implements AutoCloseable {
  private final Codec codec;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  Client(String bootstrapServers, Codec codec) {
    this.codec = codec;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "0"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "max.poll.records", "10000"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Reads outcomes from the present end on. */
  void follow() {
    List<TopicPartition> partitions = new ArrayList<>();
    consumer
        .partitionsFor(Contract.OUTCOMES)
        .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  Future<?> send(String network, String id, Command command) {
    byte[] value =
        codec.encode(
            Contract.COMMANDS, new Message<>(new CommandMeta(id, "bench", "", false), command));
    return producer.send(
        new ProducerRecord<>(Contract.COMMANDS, network.getBytes(StandardCharsets.UTF_8), value));
  }

  /** Command ids of the outcomes that arrive within the time. */
  List<String> outcomes(Duration wait) {
    List<String> ids = new ArrayList<>();
    consumer
        .poll(wait)
        .forEach(r ->
            ids.add(
                new String(
                    r.headers().lastHeader("holdfast-command").value(), StandardCharsets.UTF_8)));
    return ids;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
