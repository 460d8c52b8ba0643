package io.holdfast.allocator.service;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka clients with the settings that matter here; why stands beside each. */
public final class Clients {
  private final AllocatorConfig config;

  public Clients(AllocatorConfig config) {
    this.config = config;
  }

  private Map<String, Object> common() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", config.bootstrapServers());
    return settings;
  }

  private Map<String, Object> with(Map<String, Object> settings) {
    settings.putAll(config.kafka());
    return settings;
  }

  Admin admin() {
    return Admin.create(with(common()));
  }

  /**
   * @param recordBytes how large a record may be
   */
  Producer<byte[], byte[]> producer(int recordBytes) {
    Map<String, Object> settings = common();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, requestBytes(recordBytes));
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(
        ProducerConfig.LINGER_MS_CONFIG, 0); // a person or a controller waits for the answer
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    return new KafkaProducer<>(
        with(settings), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Reads what is committed, from where it is told to, in no group. */
  Consumer<byte[], byte[]> consumer() {
    return reader(config.bootstrapServers(), config.kafka());
  }

  static Consumer<byte[], byte[]> reader(String bootstrapServers, Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    settings.putAll(more);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A request has a record and a little more. */
  private static int requestBytes(int recordBytes) {
    return (int) Math.min(Integer.MAX_VALUE, recordBytes + 4_096L);
  }

  /**
   * @param recordBytes how large a record of our own topics may be
   */
  public Properties streams(int recordBytes) {
    Properties p = new Properties();
    p.putAll(common());
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    p.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
    p.put(StreamsConfig.APPLICATION_SERVER_CONFIG, config.advertised().toString());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        Math.max(1_000, 2 * config.commitInterval().toMillis())); // what was sent: at our own pace
    p.put(StreamsConfig.POLL_MS_CONFIG, Math.min(100, config.commitInterval().toMillis()));
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.replication());
    p.put(
        StreamsConfig.GROUP_PROTOCOL_CONFIG,
        "classic"); // the new one loses query metadata in 4.3.1
    p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 16L << 20);
    p.put(
        StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
        50); // a batch goes with the commit or when it is full: fewer requests
    p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 << 10);
    p.put(
        StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
        5); // a transaction that follows right on one whose markers are being written
    p.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        60_000); // as long can a dead instance hide what follows from readers
    p.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        requestBytes(recordBytes));
    p.put(StreamsConfig.topicPrefix(RecordSizes.SETTING), Integer.toString(recordBytes));
    p.put(StreamsConfig.topicPrefix(Topics.AHEAD), Topics.AHEAD_ANY);
    p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    p.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        6_000); // down 4-6 s after a kill
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
    p.putAll(config.kafka());
    return p;
  }
}
