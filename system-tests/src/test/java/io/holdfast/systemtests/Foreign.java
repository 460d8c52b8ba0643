package io.holdfast.systemtests;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A client that is not ours: Kafka's clients, generic Avro, and the registry's REST API as
 * documented. It uses nothing of Holdfast's code, only topic names and what the registry tells.
 */
final class Foreign implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrap;
  private final URI registry;
  private final HttpClient http = HttpClient.newHttpClient();
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<Integer, Schema> byId = new HashMap<>();
  private final Map<String, IdAndSchema> bySubject = new HashMap<>();

  private record IdAndSchema(int id, Schema schema) {}

  Foreign(String bootstrap, URI registry) {
    this.bootstrap = bootstrap;
    this.registry = registry;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Produces a command whose fields the filler sets; meta is set already. */
  void command(String network, String id, String type, Consumer<GenericRecord> filler) {
    send(
        "holdfast.commands",
        network,
        encode("holdfast.commands-" + type, command(id, type, filler)));
  }

  GenericRecord command(String id, String type, Consumer<GenericRecord> filler) {
    Schema schema = latest("holdfast.commands-" + type).schema();
    GenericRecord meta = new GenericData.Record(schema.getField("meta").schema());
    meta.put("id", id);
    meta.put("actor", "foreign");
    meta.put("reason", "");
    meta.put("dryRun", false);
    GenericRecord command = defaults(schema);
    command.put("meta", meta);
    filler.accept(command);
    return command;
  }

  /** A record with what the schema gives as defaults. */
  static GenericRecord defaults(Schema schema) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      if (field.hasDefaultValue()) {
        record.put(field.pos(), GenericData.get().getDefaultValue(field));
      }
    }
    return record;
  }

  byte[] encode(String subject, GenericRecord record) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(0);
      out.writeInt(latest(subject).id());
      var encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void send(String topic, String network, byte[] value) {
    var _ =
        producer.send(new ProducerRecord<>(topic, network.getBytes(StandardCharsets.UTF_8), value));
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    var _ = producer.send(record);
  }

  void flush() {
    producer.flush();
  }

  Schema schema(String subject) {
    return latest(subject).schema();
  }

  private IdAndSchema latest(String subject) {
    return bySubject.computeIfAbsent(
        subject,
        s -> {
          String json = get("/subjects/" + s + "/versions/latest");
          GenericJson answer = new GenericJson(json);
          return new IdAndSchema(
              answer.number("id"), new Schema.Parser().parse(answer.text("schema")));
        });
  }

  /** Decodes with nothing but the schema the registry has for the id in the record. */
  GenericRecord decode(byte[] value) {
    ByteBuffer buffer = ByteBuffer.wrap(value);
    if (buffer.get() != 0) {
      throw new IllegalArgumentException("not in Confluent's framing");
    }
    Schema schema =
        byId.computeIfAbsent(
            buffer.getInt(),
            id ->
                new Schema.Parser()
                    .parse(new GenericJson(get("/schemas/ids/" + id)).text("schema")));
    try {
      return new GenericDatumReader<GenericRecord>(schema)
          .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String get(String path) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(registry + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * All committed records of a topic from its beginning, until the predicate over those so far
   * holds.
   */
  List<ConsumerRecord<byte[], byte[]>> read(
      String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough, Duration limit) {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    long deadline = System.nanoTime() + limit.toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!enough.test(all)) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(
              "after " + limit + " only " + all.size() + " records of " + topic + " are there");
        }
        consumer.poll(POLL).forEach(all::add);
      }
    }
    return all;
  }

  /** All committed records that a topic has now. */
  List<ConsumerRecord<byte[], byte[]>> readToEnd(String topic) {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(all::add);
      }
    }
    return all;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
    http.close();
  }
}
