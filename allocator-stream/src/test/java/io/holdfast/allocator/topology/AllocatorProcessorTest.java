package io.holdfast.allocator.topology;

import static io.holdfast.domain.command.OnExhausted.REJECT;
import static io.holdfast.domain.net.IpFamily.V4;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.allocator.store.Layout;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.wire.Contract;
import io.holdfast.wire.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AllocatorProcessorTest {
  @TempDir Path dir;
  private long nanos;

  /** A revived task keeps its schedule, and the old processor's heads were rolled back. */
  @Test
  void aClosedProcessorTicksNoMore() {
    MockProcessorContext<byte[], byte[]> context = context();

    new AllocatorProcessor(DrivenTopology.parts(RecordedLog.EMPTY), context).close();

    assertThat(context.scheduledPunctuators()).hasSize(2).allMatch(CapturedPunctuator::cancelled);
  }

  @Test
  void whatComesAfterAPauseIsCommittedAtOnce() {
    MockProcessorContext<byte[], byte[]> context = context();
    TopologyParts parts = parts();
    AllocatorProcessor processor = new AllocatorProcessor(parts, context);
    assertThat(works(processor, context, Duration.ZERO)).as("the first").isTrue();
    parts.pace().ended();
    assertThat(works(processor, context, Duration.ZERO)).as("right on it").isFalse();
    assertThat(ticks(context)).as("too early").isFalse();
    pass(Duration.ofMillis(10));
    assertThat(ticks(context)).as("nothing follows").isTrue();
    parts.pace().ended();
    pass(Duration.ofMillis(10));
    assertThat(ticks(context)).as("nothing came").isFalse();
    assertThat(context.scheduledPunctuators().getLast().cancelled()).as("rest").isTrue();
    assertThat(works(processor, context, Duration.ZERO)).isTrue();
    assertThat(context.scheduledPunctuators().getLast().cancelled()).isFalse();
    processor.close();
    assertThat(context.scheduledPunctuators()).allMatch(CapturedPunctuator::cancelled);
  }

  @Test
  void aBackloggedRecordSharesALongTransaction() {
    MockProcessorContext<byte[], byte[]> context = context();
    TopologyParts parts = parts();
    AllocatorProcessor processor = new AllocatorProcessor(parts, context);
    Duration waited = Duration.ofSeconds(1);
    assertThat(works(processor, context, waited)).isTrue();
    parts.pace().ended();
    pass(Duration.ofMillis(50));
    assertThat(works(processor, context, waited)).isFalse();
    pass(Duration.ofMillis(50));
    assertThat(works(processor, context, waited)).isTrue();
  }

  /** It has not waited, whatever was before it; the tick that looks for deadlines asks itself. */
  @Test
  void whatADeadlineBringsIsCommittedAtOnce() {
    MockProcessorContext<byte[], byte[]> context = context();
    TopologyParts parts = parts();
    AllocatorProcessor processor = new AllocatorProcessor(parts, context);
    CapturedPunctuator deadlines = context.scheduledPunctuators().getFirst();
    long start = context.currentSystemTimeMs();
    Owner owner = new Owner("t", "Pod", "", "a", "");
    for (Command command :
        List.of(
            new Command.DefinePool(
                "p", V4, List.of("10.0.0.1"), List.of(), null, null, 60_000, Map.of(), null),
            new Command.AllocateEip(EipRequest.of(owner, FamilyChoice.V4), REJECT, 0),
            new Command.ReleaseEip(IpAddress.parse("10.0.0.1"), null, null))) {
      CommandMeta meta = new CommandMeta(command.getClass().getSimpleName(), "a", "", false);
      byte[] value = parts.codec().encode(Contract.COMMANDS, new Message<>(meta, command));
      boolean isAsked = works(processor, context, value, Duration.ofSeconds(1));
      pass(Duration.ofSeconds(1));
      assertThat(isAsked || ticks(context)).isTrue();
      parts.pace().ended();
    }
    pass(Duration.ofMillis(20)); // what had waited a second would wait for 100 ms
    context.setCurrentSystemTimeMs(start + 100_000);
    deadlines.getPunctuator().punctuate(start + 100_000);
    assertThat(asked(context)).as("EipFreed waits for nobody").isTrue();
  }

  /** A record that came right on a commit is committed by the tick that was begun for it. */
  @Test
  void theOutboxTicksByItself() {
    MockProcessorContext<byte[], byte[]> context = context();
    TopologyParts parts = parts();
    AllocatorProcessor processor = new AllocatorProcessor(parts, context);
    assertThat(works(processor, context, Duration.ZERO)).isTrue();
    parts.pace().ended();
    assertThat(works(processor, context, Duration.ZERO)).as("right on it").isFalse();
    pass(Duration.ofMillis(10));
    CapturedPunctuator own = context.scheduledPunctuators().getLast();
    assertThat(own.getInterval()).isEqualTo(parts.pace().interval());
    own.getPunctuator().punctuate(context.currentSystemTimeMs());
    assertThat(asked(context)).isTrue();
  }

  private TopologyParts parts() {
    return DrivenTopology.parts(RecordedLog.EMPTY, () -> nanos);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** Whether a commit is asked for with a record that leaves a dead letter. */
  private static boolean works(
      AllocatorProcessor processor, MockProcessorContext<byte[], byte[]> context, Duration waited) {
    return works(processor, context, new byte[0], waited);
  }

  private static boolean works(
      AllocatorProcessor processor,
      MockProcessorContext<byte[], byte[]> context,
      byte[] value,
      Duration waited) {
    context.setRecordMetadata(Contract.COMMANDS, 0, 0);
    processor.process(
        new Record<>(new byte[] {'n'}, value, context.currentSystemTimeMs() - waited.toMillis()));
    return asked(context);
  }

  private static boolean ticks(MockProcessorContext<byte[], byte[]> context) {
    context.scheduledPunctuators().stream()
        .filter(tick -> !tick.cancelled())
        .forEach(tick -> tick.getPunctuator().punctuate(context.currentSystemTimeMs()));
    return asked(context);
  }

  private static boolean asked(MockProcessorContext<byte[], byte[]> context) {
    boolean asked = context.committed();
    context.resetCommit();
    return asked;
  }

  private MockProcessorContext<byte[], byte[]> context() {
    MockProcessorContext<byte[], byte[]> context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, 0), dir.toFile());
    context.setCurrentSystemTimeMs(DrivenTopology.START.toEpochMilli());
    for (String name : Layout.stores()) {
      KeyValueStore<Bytes, byte[]> store =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build();
      store.init(context.getStateStoreContext(), store);
      context.addStateStore(store);
    }
    return context;
  }
}
