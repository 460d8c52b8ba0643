package io.holdfast.allocator.topology;

import io.holdfast.allocator.store.HeldRows;
import io.holdfast.allocator.store.Layout;
import io.holdfast.allocator.store.Rows;
import io.holdfast.domain.decide.Decider;
import io.holdfast.wire.Contract;
import io.holdfast.wire.UnreadableException.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Works on one partition: brings its stores in step with the log first, then hands each record to
 * the {@link Desk}, and each tick of the clock to the {@link Rounds}. What lies on a wrong
 * partition is sent on.
 */
final class AllocatorProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final Duration LIVENESS_TICK = Duration.ofSeconds(1);

  private final TopologyParts parts;
  private final Meters meters;
  private final ProcessorContext<byte[], byte[]> context;
  private final Outbox outbox;
  private final DeadLetters letters;
  private final Books books;
  private final HeldRecords held;
  private final Rounds rounds;
  private final Desk desk;
  private final int partition;
  private final List<Cancellable> ticks;
  private @Nullable Recovery recovery;
  private Optional<CommandPlace> answered = Optional.empty();
  private @Nullable Long lookedAt;
  private boolean inStep;

  AllocatorProcessor(TopologyParts parts, ProcessorContext<byte[], byte[]> context) {
    this.parts = parts;
    this.context = context;
    this.partition = context.taskId().partition();
    this.meters = new Meters(parts.meters());
    this.outbox = new Outbox(context, parts);
    this.letters = new DeadLetters(parts.limits(), outbox, meters);
    this.books = new Books(parts.codec(), new Layout(parts.codec()), this::rows, parts.nanoTime());
    this.held = new HeldRecords(new HeldRows(parts.codec(), rows(Layout.NETWORKS)));
    Decider decider = new Decider(parts.settings());
    Register register =
        new Register(
            new Ledger(parts.codec()), books, outbox, meters, parts.partitions().lock(partition));
    Hearing hearing = new Hearing(parts.nanoTime(), context.currentSystemTimeMs());
    this.rounds = new Rounds(decider, books, register, hearing, context.currentSystemTimeMs());
    this.desk = new Desk(parts, decider, books, rounds, hearing, register, outbox, letters, meters);
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
    outbox.close();
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
      if (!isSettled()) {
        return false;
      }
      work =
          new Recovery(
              parts.codec(),
              parts.log(),
              books,
              partition,
              parts.settings().outcomeKeepMs(),
              context.currentSystemTimeMs());
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
    rounds.hearsFrom(context.currentSystemTimeMs());
    parts.partitions().ready(partition, books.open(), context.currentSystemTimeMs());
    held.release(this::release);
    return true;
  }

  /** The records before the first look were held unseen. */
  private void release(Incoming record) {
    if (isHandled(record)) {
      meters.skipped();
    } else {
      desk.work(record, context.currentSystemTimeMs());
    }
  }

  /**
   * A dead instance's transaction may hide the end of the log for a minute. Other partitions of
   * this thread go on meanwhile.
   */
  private boolean isSettled() {
    long now = parts.nanoTime().getAsLong();
    if (lookedAt != null && now - lookedAt < LOOK_AGAIN.toNanos()) {
      return false;
    }
    lookedAt = now;
    return parts.log().isSettled(partition);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Incoming incoming =
        Incoming.of(
            context
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record without its place")),
            record);
    outbox.follows(record.timestamp());
    boolean isInStep = inStep();
    if (isHandled(incoming)) {
      meters.skipped();
    } else if (RecordBytes.content(record) > limit(incoming)) {
      letters.tooLarge(incoming, "the record has " + RecordBytes.content(record) + " bytes");
    } else if (!NetworkName.isValid(record.key())) {
      letters.send(
          incoming,
          Fault.Key,
          "the key is not the name of a network, in UTF-8: " + NetworkName.RULE);
    } else if (isMisplaced(record.key())) {
      move(incoming, record);
    } else {
      arrived(incoming, isInStep);
    }
    outbox.settle();
  }

  private void arrived(Incoming incoming, boolean isInStep) {
    if (isInStep) {
      desk.work(incoming, context.currentSystemTimeMs());
    } else {
      held.hold(incoming);
    }
  }

  private int limit(Incoming incoming) {
    return parts.limits().of(incoming.topic());
  }

  private boolean isMisplaced(byte[] key) {
    return NetworkName.partition(key, parts.partitionCount()) != partition;
  }

  private void move(Incoming incoming, Record<byte[], byte[]> record) {
    if (record.headers().lastHeader(Headers.FORWARDED) != null) {
      letters.send(
          incoming,
          Fault.Partition,
          "it was forwarded once and is again on a partition that is not its key's");
      return;
    }
    Record<byte[], byte[]> marked = Outbox.marked(incoming, record);
    // It may have come compressed, and is sent on as it is, with a header more.
    if (RecordBytes.written(marked) > limit(incoming)) {
      letters.tooLarge(
          incoming,
          "sent on to its key's partition the record has up to "
              + RecordBytes.written(marked)
              + " bytes");
      return;
    }
    meters.forwarded(incoming.topic());
    outbox.forward(incoming.topic(), marked);
  }

  /**
   * Where the group's positions were lost, reading begins again at the start. What was answered is
   * not done a second time.
   */
  private boolean isHandled(Incoming incoming) {
    return incoming.topic().equals(Contract.COMMANDS)
        && answered.filter(last -> last.covers(incoming.place(parts.commandsTopic()))).isPresent();
  }

  private void tick(long now) {
    outbox.follows(now);
    if (inStep()) {
      rounds.fireDue(now);
    }
    outbox.settle();
  }

  private void liveness(long now) {
    outbox.follows(now);
    if (inStep()) {
      rounds.findLost(now);
    }
    outbox.settle();
  }
}
