package io.holdfast.allocator.topology;

import io.holdfast.allocator.store.Layout;
import io.holdfast.wire.Contract;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Two sources, one processor with all stores, five sinks: one sub-topology, one transaction.
 *
 * <p>Names are for ever: the changelog topics are called after the stores. New nodes come after old
 * ones.
 */
public final class AllocatorTopology {
  public static final String PROCESSOR = "allocator";

  /**
   * Reports are facts of then: where the positions were lost, older ones are not read again.
   * Commands are, and those that were answered are skipped.
   */
  private static final Duration REPORTS_BACK = Duration.ofMinutes(1);

  private AllocatorTopology() {}

  public static Topology build(TopologyParts parts) {
    ByteArrayDeserializer in = new ByteArrayDeserializer();
    ByteArraySerializer out = new ByteArraySerializer();
    AnyTime time = new AnyTime();
    Topology topology =
        new Topology()
            .addSource(AutoOffsetReset.earliest(), "commands", time, in, in, Contract.COMMANDS)
            .addSource(
                AutoOffsetReset.byDuration(REPORTS_BACK), "reports", time, in, in, Contract.REPORTS)
            .addProcessor(PROCESSOR, supplier(parts), "commands", "reports");
    for (String store : Layout.stores()) {
      topology.addStateStore(store(store), PROCESSOR);
    }
    return topology
        .addSink(Outbox.EVENTS, Contract.EVENTS, out, out, PROCESSOR)
        .addSink(Outbox.OUTCOMES, Contract.OUTCOMES, out, out, PROCESSOR)
        .addSink(Outbox.DEAD_LETTERS, Contract.DEAD_LETTERS, out, out, PROCESSOR)
        .addSink(Outbox.COMMANDS_FORWARD, Contract.COMMANDS, out, out, PROCESSOR)
        .addSink(Outbox.REPORTS_FORWARD, Contract.REPORTS, out, out, PROCESSOR);
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    StoreBuilder<KeyValueStore<Bytes, byte[]>> builder =
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingEnabled(Map.of());
    // Of few rows that change all the time only the last value per commit is logged.
    return name.equals(Layout.NETWORKS)
        ? builder.withCachingEnabled()
        : builder.withCachingDisabled();
  }

  private static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(TopologyParts parts) {
    return () -> new Opening(parts);
  }

  /** Makes the processor once its context is there, so that it has no half-open state. */
  private static final class Opening extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final TopologyParts parts;
    private @Nullable Processor<byte[], byte[], byte[], byte[]> open;

    Opening(TopologyParts parts) {
      this.parts = parts;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      open = new AllocatorProcessor(parts, context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      if (open == null) {
        throw new IllegalStateException("a record before init");
      }
      open.process(record);
    }

    @Override
    public void close() {
      if (open != null) {
        open.close();
      }
    }
  }
}
