package io.holdfast.bench.load;

import io.holdfast.allocator.service.AllocatorConfig;
import io.holdfast.allocator.service.Clients;
import io.holdfast.allocator.service.PacedClients;
import io.holdfast.allocator.topology.CommitPace;
import io.holdfast.standalone.Standalone;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The limit: a topology with the allocator's settings that decides nothing. It gets one row and
 * puts one, or more, and writes an event and an answer of the allocator's sizes for each command.
 */
public final class LimitLoad implements Load {
  private static final String STORE = "limit-store";
  private static final String ID = "limit-command";
  private static final byte[] KEY = "bench".getBytes(StandardCharsets.UTF_8);

  private final String name;
  private final Sizes sizes;
  private final int puts;
  private final int putBytes;
  private final Properties settings;
  private final CommitPace pace;
  private final Topics topics;
  private KafkaStreams streams;
  private int sent;

  /**
   * Starts it beside the allocator.
   *
   * @param name of its topics and its group, new for each
   */
  public LimitLoad(Standalone standalone, String name, Sizes sizes) {
    this(standalone, name, sizes, 1, sizes.event());
  }

  /**
   * One that puts more.
   *
   * @param puts rows a command
   * @param putBytes of each of them
   */
  public LimitLoad(Standalone standalone, String name, Sizes sizes, int puts, int putBytes) {
    this.name = name;
    this.sizes = sizes;
    this.puts = puts;
    this.putBytes = putBytes;
    AllocatorConfig config = standalone.config();
    createTopics(config);
    pace = new CommitPace(config.commitInterval(), System::nanoTime);
    settings = new Clients(config).streams(1 << 20);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().resolveSibling(name).toString());
    topics = new Topics(standalone.bootstrapServers(), commands(), answers(), ID, bytes -> false);
    streams = start();
  }

  private String commands() {
    return name + ".commands";
  }

  private String events() {
    return name + ".events";
  }

  private String answers() {
    return name + ".answers";
  }

  private void createTopics(AllocatorConfig config) {
    Map<String, String> logged = config.flush() ? Map.of("flush.messages", "1") : Map.of();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", config.bootstrapServers()))) {
      List<NewTopic> made = new ArrayList<>();
      made.add(new NewTopic(commands(), 1, (short) 1));
      made.add(new NewTopic(events(), 1, (short) 1).configs(logged));
      made.add(new NewTopic(answers(), 1, (short) 1).configs(logged));
      admin.createTopics(made).all().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics of the limit cannot be made", e.getCause());
    }
  }

  private KafkaStreams start() {
    ByteArrayDeserializer in = new ByteArrayDeserializer();
    ByteArraySerializer out = new ByteArraySerializer();
    Topology topology =
        new Topology()
            .addSource("commands", in, in, commands())
            .addProcessor("limit", () -> new Bare(pace, sizes, puts, putBytes), "commands")
            .addStateStore(
                Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray()),
                "limit")
            .addSink("events", events(), out, out, "limit")
            .addSink("answers", answers(), out, out, "limit");
    KafkaStreams started = new KafkaStreams(topology, settings, new PacedClients(pace));
    started.start();
    return started;
  }

  private static final class Bare extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final CommitPace pace;
    private final byte[] event;
    private final byte[] answer;
    private final int puts;
    private final byte[] row;

    Bare(CommitPace pace, Sizes sizes, int puts, int putBytes) {
      this.pace = pace;
      this.event = new byte[sizes.event()];
      this.answer = new byte[sizes.answer()];
      this.puts = puts;
      this.row = new byte[putBytes];
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      super.init(context);
      context.schedule(pace.interval(), PunctuationType.WALL_CLOCK_TIME, now -> settle());
    }

    private void settle() {
      if (pace.isTime()) {
        context().commit();
      }
    }

    @Override
    public void process(Record<byte[], byte[]> command) {
      KeyValueStore<byte[], byte[]> store = context().getStateStore(STORE);
      byte[] id = command.headers().lastHeader(ID).value();
      if (store.get(id) == null) {
        store.put(id, row);
        for (int put = 1; put < puts; put++) {
          byte[] key = Arrays.copyOf(id, id.length + 1);
          key[id.length] = (byte) put;
          store.put(key, row);
        }
      }
      context().forward(command.withValue(event), "events");
      context().forward(command.withValue(answer), "answers");
      pace.sent(context().currentSystemTimeMs() - command.timestamp());
      settle();
    }
  }

  @Override
  public List<Sendable> prepare(int count) {
    List<Sendable> made = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      made.add(new Sendable(name + "-" + sent, KEY, new byte[sizes.command()]));
      sent++;
    }
    return made;
  }

  @Override
  public Future<?> send(Sendable command) {
    return topics.send(command, ID);
  }

  @Override
  public List<Answer> answers(Duration wait) {
    return topics.answers(wait);
  }

  @Override
  public void whileStopped(Runnable meanwhile) {
    stop();
    meanwhile.run();
    streams = start();
  }

  private void stop() {
    streams.close(
        CloseOptions.timeout(Duration.ofSeconds(10))
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
  }

  @Override
  public void close() {
    stop();
    topics.close();
  }
}
