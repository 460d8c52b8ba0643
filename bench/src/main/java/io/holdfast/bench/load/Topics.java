package io.holdfast.bench.load;

import io.holdfast.bench.load.Load.Answer;
import io.holdfast.bench.load.Load.Sendable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Produces onto one topic and follows the committed end of another, as any client would. */
final class Topics implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String to;
  private final String idHeader;
  private final Predicate<byte[]> isRefusal;

  /**
   * @param idHeader header of the answers that has the id of their command
   * @param isRefusal tells a refusal by its bytes
   */
  Topics(
      String bootstrapServers,
      String to,
      String from,
      String idHeader,
      Predicate<byte[]> isRefusal) {
    this.to = to;
    this.idHeader = idHeader;
    this.isRefusal = isRefusal;
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
    List<TopicPartition> partitions = new ArrayList<>();
    consumer
        .partitionsFor(from)
        .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position); // seeking is lazy: the end is that of now
  }

  Future<?> send(Sendable command) {
    return producer.send(new ProducerRecord<>(to, command.key(), command.value()));
  }

  /** The same with its id in a header. */
  Future<?> send(Sendable command, String header) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(to, command.key(), command.value());
    record.headers().add(header, command.id().getBytes(StandardCharsets.UTF_8));
    return producer.send(record);
  }

  List<Answer> answers(Duration wait) {
    List<Answer> answers = new ArrayList<>();
    consumer
        .poll(wait)
        .forEach(record -> {
          Header id = record.headers().lastHeader(idHeader);
          answers.add(
              new Answer(
                  id == null ? "" : new String(id.value(), StandardCharsets.UTF_8),
                  isRefusal.test(record.value()),
                  record.value().length));
        });
    return answers;
  }

  @Override
  public void close() {
    producer.close(CLOSE_LIMIT);
    consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
  }
}
