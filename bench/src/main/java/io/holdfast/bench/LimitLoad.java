package io.holdfast.bench;

import io.holdfast.allocator.service.AllocatorConfig;
import io.holdfast.allocator.service.Clients;
import io.holdfast.allocator.service.PacedClients;
import io.holdfast.allocator.topology.CommitPace;
import io.holdfast.standalone.Standalone;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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
 * The limit: a topology with the allocator's settings that decides nothing. It gets and puts one
 * row and writes an event and an answer of the allocator's sizes for each command.
 */
final class LimitLoad implements Load {
  private static final String COMMANDS = "limit.commands";
  private static final String EVENTS = "limit.events";
  private static final String ANSWERS = "limit.answers";
  private static final String STORE = "limit-store";
  private static final String ID = "limit-command";

  /** Bytes of an AllocateEip, of its event and of its outcome, as the allocator writes them. */
  private static final int COMMAND_BYTES = 58;

  private static final int EVENT_BYTES = 122;
  private static final int ANSWER_BYTES = 71;

  private static final byte[] KEY = "bench".getBytes(StandardCharsets.UTF_8);

  private final Properties settings;
  private final CommitPace pace;
  private final Topics topics;
  private KafkaStreams streams;

  LimitLoad(Standalone standalone) {
    AllocatorConfig config = standalone.config();
    createTopics(config);
    pace = new CommitPace(config.commitInterval(), System::nanoTime);
    settings = new Clients(config).streams(1 << 20);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "limit");
    settings.put(
        StreamsConfig.STATE_DIR_CONFIG, config.stateDir().resolveSibling("limit").toString());
    topics = new Topics(standalone.bootstrapServers(), COMMANDS, ANSWERS, ID);
    streams = start();
  }

  private static void createTopics(AllocatorConfig config) {
    Map<String, String> logged = config.flush() ? Map.of("flush.messages", "1") : Map.of();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", config.bootstrapServers()))) {
      List<NewTopic> made = new ArrayList<>();
      made.add(new NewTopic(COMMANDS, 1, (short) 1));
      made.add(new NewTopic(EVENTS, 1, (short) 1).configs(logged));
      made.add(new NewTopic(ANSWERS, 1, (short) 1).configs(logged));
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
            .addSource("commands", in, in, COMMANDS)
            .addProcessor("limit", () -> new Bare(pace), "commands")
            .addStateStore(
                Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray()),
                "limit")
            .addSink("events", EVENTS, out, out, "limit")
            .addSink("answers", ANSWERS, out, out, "limit");
    KafkaStreams started = new KafkaStreams(topology, settings, new PacedClients(pace));
    started.start();
    return started;
  }

  private static final class Bare extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final CommitPace pace;
    private final byte[] event = new byte[EVENT_BYTES];
    private final byte[] answer = new byte[ANSWER_BYTES];

    Bare(CommitPace pace) {
      this.pace = pace;
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
        store.put(id, event);
      }
      context().forward(command.withValue(event), "events");
      context().forward(command.withValue(answer), "answers");
      pace.sent(context().currentSystemTimeMs() - command.timestamp());
      settle();
    }
  }

  @Override
  public Future<?> send(String id) {
    return topics.send(KEY, new byte[COMMAND_BYTES], ID, id);
  }

  @Override
  public List<String> answers(Duration wait) {
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
