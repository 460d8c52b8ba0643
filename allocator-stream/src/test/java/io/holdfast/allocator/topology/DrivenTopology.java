package io.holdfast.allocator.topology;

import io.holdfast.allocator.store.Layout;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.report.ReportMeta;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.DeadLetter;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import io.holdfast.wire.NetworkHead;
import io.holdfast.wire.NumberedIds;
import io.holdfast.wire.OutcomeMeta;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.StampedLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology with one partition, driven by Kafka's own test driver: its clock, its stores. */
final class DrivenTopology implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Uuid COMMANDS_TOPIC = new Uuid(1, 2);
  static final int INPUT_BYTES = 1_048_588;
  static final SizeLimits LIMITS =
      new SizeLimits(INPUT_BYTES, INPUT_BYTES, 4 * INPUT_BYTES + 65_536);
  static final Codec CODEC = new Codec(new NumberedIds());

  private final Path stateDir;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final OnePartition partition = new OnePartition();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> commands;
  private final TestInputTopic<byte[], byte[]> reports;
  private Instant now;
  private Duration passed = Duration.ZERO;

  DrivenTopology(Path stateDir, EventLog log) {
    this(stateDir, log, START, COMMANDS_TOPIC);
  }

  DrivenTopology(Path stateDir, int partitionCount, SizeLimits limits) {
    this(
        stateDir,
        RecordedLog.EMPTY,
        START,
        COMMANDS_TOPIC,
        partitionCount,
        limits,
        Settings.DEFAULT);
  }

  /**
   * @param commandsTopic another one than before: its offsets begin anew
   */
  DrivenTopology(Path stateDir, EventLog log, Instant start, Uuid commandsTopic) {
    this(stateDir, log, start, commandsTopic, Settings.DEFAULT);
  }

  DrivenTopology(Path stateDir, EventLog log, Instant start, Uuid commandsTopic, Settings domain) {
    this(stateDir, log, start, commandsTopic, 1, LIMITS, domain);
  }

  private DrivenTopology(
      Path stateDir,
      EventLog log,
      Instant start,
      Uuid commandsTopic,
      int partitionCount,
      SizeLimits limits,
      Settings domain) {
    this.stateDir = stateDir;
    this.now = start;
    LongSupplier nanoTime = () -> passed.toNanos();
    TopologyParts parts =
        new TopologyParts(
            CODEC,
            domain,
            log,
            partition,
            meters,
            partitionCount,
            limits,
            commandsTopic,
            nanoTime,
            new CommitPace(Duration.ofMillis(10), nanoTime));
    Properties settings = new Properties();
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "driven");
    driver = new TopologyTestDriver(AllocatorTopology.build(parts), settings, start);
    ByteArraySerializer bytes = new ByteArraySerializer();
    commands = driver.createInputTopic(Contract.COMMANDS, bytes, bytes);
    reports = driver.createInputTopic(Contract.REPORTS, bytes, bytes);
  }

  static TopologyParts parts(EventLog log) {
    return parts(log, () -> 0);
  }

  static TopologyParts parts(EventLog log, LongSupplier nanoTime) {
    return new TopologyParts(
        CODEC,
        Settings.DEFAULT,
        log,
        new OnePartition(),
        new SimpleMeterRegistry(),
        1,
        LIMITS,
        COMMANDS_TOPIC,
        nanoTime,
        new CommitPace(Duration.ofMillis(10), nanoTime));
  }

  void command(String network, String id, Command command) {
    command(
        network,
        CODEC.encode(
            Contract.COMMANDS, new Message<>(new CommandMeta(id, "test", "", false), command)));
  }

  /** A command that the broker has had for so long. */
  void waited(String network, String id, Command command, Duration wait) {
    byte[] value =
        CODEC.encode(
            Contract.COMMANDS, new Message<>(new CommandMeta(id, "test", "", false), command));
    commands.pipeInput(
        new TestRecord<>(network.getBytes(StandardCharsets.UTF_8), value, now.minus(wait)));
  }

  void command(String network, byte[] value) {
    commands.pipeInput(record(network, value));
  }

  void report(String network, Report report) {
    report(network, new ReportMeta("r", "test"), report);
  }

  void report(String network, ReportMeta meta, Report report) {
    report(network, CODEC.encode(Contract.REPORTS, new Message<>(meta, report)));
  }

  void report(String network, byte[] value) {
    reports.pipeInput(record(network, value));
  }

  private TestRecord<byte[], byte[]> record(String network, byte[] value) {
    return new TestRecord<>(network.getBytes(StandardCharsets.UTF_8), value, now);
  }

  /** The clock jumps; what is scheduled happens once. */
  void pass(Duration time) {
    now = now.plus(time);
    passed = passed.plus(time);
    driver.advanceWallClockTime(time);
  }

  /** Time passes that the machine's clock does not show: networks go on from where they are. */
  void lead(Duration time) {
    passed = passed.plus(time);
  }

  /** The machine's clock catches up; what is scheduled happens once. */
  void catchUp(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  /** Whether the stores are in step with the log. */
  boolean isReady() {
    return partition.isReady;
  }

  /** The sum of all counters of that name that have the tag. */
  double counted(String name, String tag, String value) {
    return meters.find(name).tag(tag, value).counters().stream().mapToDouble(Counter::count).sum();
  }

  /** The stores as a power cut after the last commit leaves them. */
  void copyTo(Path copy) throws IOException {
    for (String store : Layout.stores()) {
      store(store).commit(Map.of());
    }
    try (Stream<Path> files = Files.walk(stateDir)) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(stateDir.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else if (!file.toString().toUpperCase(Locale.ROOT).endsWith("LOCK")) {
          Files.copy(file, to);
        }
      }
    }
  }

  @SuppressWarnings("unchecked") // one kind of record on each topic
  List<Message<OutcomeMeta, Outcome>> outcomes() {
    return (List<Message<OutcomeMeta, Outcome>>) (List<?>) decoded(Contract.OUTCOMES);
  }

  @SuppressWarnings("unchecked")
  List<Message<EventMeta, Event>> events() {
    return (List<Message<EventMeta, Event>>) (List<?>) decoded(Contract.EVENTS);
  }

  @SuppressWarnings("unchecked")
  List<DeadLetter> deadLetters() {
    return (List<DeadLetter>) (List<?>) decoded(Contract.DEAD_LETTERS);
  }

  private List<Object> decoded(String topic) {
    return read(topic).stream().map(r -> CODEC.decode(topic, r.value())).toList();
  }

  /** What came onto a topic since it was read last. */
  List<TestRecord<byte[], byte[]>> read(String topic) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return driver.createOutputTopic(topic, bytes, bytes).readRecordsToList();
  }

  /** Both logs of all that was not read yet, for a recovery to read. */
  RecordedLog log() {
    return new RecordedLog(read(Contract.EVENTS), read(Contract.OUTCOMES));
  }

  KeyValueStore<Bytes, byte[]> store(String name) {
    return driver.getKeyValueStore(name);
  }

  List<byte[]> keys(String store) {
    List<byte[]> keys = new ArrayList<>();
    try (var rows = store(store).all()) {
      rows.forEachRemaining(row -> keys.add(row.key.get()));
    }
    return keys;
  }

  @Override
  public void close() {
    driver.close();
  }

  private static final class OnePartition implements Partitions {
    private final StampedLock lock = new StampedLock();
    private boolean isReady;

    @Override
    public void ready(int partition, Map<String, NetworkHead> networks, long now) {
      isReady = true;
    }

    @Override
    public void closed(int partition) {}

    @Override
    public StampedLock lock(int partition) {
      return lock;
    }
  }
}
