package io.holdfast.allocator.topology;

import io.holdfast.allocator.store.HeldRows;
import io.holdfast.allocator.store.Layout;
import io.holdfast.allocator.store.Rows;
import io.holdfast.wire.Contract;
import io.holdfast.wire.UnreadableException.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Works on one partition: brings its stores in step with the log first, then hands each record and
 * each tick of the clock to the {@link Desk}. What lies on a wrong partition is sent on.
 */
final class AllocatorProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration LIVENESS_TICK = Duration.ofSeconds(1);

  /** So much of a record that is too large goes with its dead letter. */
  private static final int CUT = 16 << 10;

  private final TopologyParts parts;
  private final Meters meters;
  private final ProcessorContext<byte[], byte[]> context;
  private final Outbox outbox;
  private final Books books;
  private final HeldRecords held;
  private final Desk desk;
  private final int partition;
  private final List<Cancellable> ticks;
  private @Nullable Recovery recovery;
  private Optional<CommandPlace> answered = Optional.empty();
  private boolean inStep;

  AllocatorProcessor(TopologyParts parts, ProcessorContext<byte[], byte[]> context) {
    this.parts = parts;
    this.context = context;
    this.partition = context.taskId().partition();
    this.meters = new Meters(parts.meters());
    this.outbox = new Outbox(context, parts.codec());
    this.books = new Books(parts.codec(), new Layout(parts.codec()), this::rows);
    this.held = new HeldRecords(new HeldRows(parts.codec(), rows(Layout.NETWORKS)));
    this.desk =
        new Desk(
            parts,
            books,
            outbox,
            meters,
            parts.partitions().lock(partition),
            context.currentSystemTimeMs());
    this.ticks =
        List.of(
            context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick),
            context.schedule(LIVENESS_TICK, PunctuationType.WALL_CLOCK_TIME, this::liveness));
  }

  private Rows rows(String name) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(name);
    return Rows.of(store);
  }

  /**
   * Streams may revive the task after an abort with a new processor on the same stores. It keeps
   * the schedule of the old one, whose heads are of what was rolled back: it must not tick again.
   */
  @Override
  public void close() {
    ticks.forEach(Cancellable::cancel);
    parts.partitions().closed(partition);
    if (recovery != null) {
      recovery.close();
    }
  }

  /**
   * The stores are restored before the first record or tick. Whether they are in step with the log
   * is seen here, and a portion done if they are not.
   */
  private boolean inStep() {
    if (inStep) {
      return true;
    }
    Recovery work = recovery;
    if (work == null) {
      work =
          new Recovery(
              parts.codec(), parts.log(), books, partition, parts.settings().outcomeKeepMs());
      recovery = work;
      answered = work.answered();
    }
    if (!work.advance(context.currentSystemTimeMs())) {
      return false;
    }
    meters.folded(work.folded());
    recovery = null;
    inStep = true;
    // While events were folded nobody was listened to: silence counts from here on.
    desk.hearsFrom(context.currentSystemTimeMs());
    parts.partitions().ready(partition, books.open(), context.currentSystemTimeMs());
    held.release(record -> desk.work(record, context.currentSystemTimeMs()));
    return true;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Incoming incoming =
        Incoming.of(
            context
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record without its place")),
            record);
    long now = context.currentSystemTimeMs();
    boolean isInStep = inStep();
    if (isHandled(incoming)) {
      meters.skipped();
    } else if (size(record) > parts.inputBytes()) {
      desk.deadLetter(
          incoming.cut(CUT),
          now,
          Fault.Size,
          "the record has "
              + size(record)
              + " bytes, and "
              + incoming.topic()
              + " allows "
              + parts.inputBytes()
              + "; only its beginning is here");
    } else if (!NetworkName.isValid(record.key())) {
      desk.deadLetter(
          incoming,
          now,
          Fault.Key,
          "the key is not the name of a network, in UTF-8: " + NetworkName.RULE);
    } else if (isMisplaced(record.key())) {
      move(incoming, record, now);
    } else {
      arrived(incoming, isInStep, now);
    }
  }

  private void arrived(Incoming incoming, boolean isInStep, long now) {
    if (isInStep) {
      desk.work(incoming, now);
    } else {
      held.hold(incoming);
    }
  }

  private static long size(Record<byte[], byte[]> record) {
    long size = size(record.key()) + size(record.value());
    for (Header header : record.headers()) {
      size += header.key().length() + size(header.value());
    }
    return size;
  }

  private static long size(byte @Nullable [] part) {
    return part == null ? 0 : part.length;
  }

  private boolean isMisplaced(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % parts.partitionCount() != partition;
  }

  private void move(Incoming incoming, Record<byte[], byte[]> record, long now) {
    if (record.headers().lastHeader(Headers.FORWARDED) != null) {
      desk.deadLetter(
          incoming,
          now,
          Fault.Partition,
          "it was forwarded once and is again on a partition that is not its key's");
    } else {
      meters.forwarded(incoming.topic());
      outbox.forward(incoming, record);
    }
  }

  /**
   * Where the group's positions were lost, reading begins again at the start. What was answered is
   * not done a second time.
   */
  private boolean isHandled(Incoming incoming) {
    return incoming.topic().equals(Contract.COMMANDS)
        && answered.filter(last -> last.covers(incoming.place())).isPresent();
  }

  private void tick(long now) {
    if (inStep()) {
      desk.fireDue(now);
    }
  }

  private void liveness(long now) {
    if (inStep()) {
      desk.findLost(now);
    }
  }
}
