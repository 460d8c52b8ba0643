package io.holdfast.allocator.topology;

import io.holdfast.allocator.store.Layout;
import io.holdfast.allocator.store.Rows;
import io.holdfast.allocator.topology.Ledger.Cause;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Decider;
import io.holdfast.domain.decide.Decision;
import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.report.ReportMeta;
import io.holdfast.wire.BadValueException;
import io.holdfast.wire.CauseKind;
import io.holdfast.wire.Message;
import io.holdfast.wire.NetworkHead;
import io.holdfast.wire.OutcomeMeta;
import io.holdfast.wire.UnreadableException;
import io.holdfast.wire.UnreadableException.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.StampedLock;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Works on one partition: reads a record, has the domain decide, writes the events, the changes and
 * the answer. All that can fail happens in memory first; then nothing is left that throws, so a
 * record is worked off whole or not at all.
 */
final class AllocatorProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration LIVENESS_TICK = Duration.ofSeconds(1);
  private static final int TIMERS_PER_NETWORK = 100;
  private static final int TIMERS_PER_TICK = 1_000;

  private final TopologyParts parts;
  private final Decider decider;
  private final Ledger ledger;
  private final Meters meters;
  private final StampedLock lock;
  private final ProcessorContext<byte[], byte[]> context;
  private final Outbox outbox;
  private final Books books;
  private final int partition;
  private long heardFrom;
  private boolean recovered;

  AllocatorProcessor(TopologyParts parts, ProcessorContext<byte[], byte[]> context) {
    this.parts = parts;
    this.context = context;
    this.partition = context.taskId().partition();
    this.decider = new Decider(parts.settings());
    this.ledger = new Ledger(parts.codec());
    this.meters = new Meters(parts.meters());
    this.lock = parts.partitions().lock(partition);
    this.outbox = new Outbox(context, parts.codec());
    this.books =
        new Books(
            parts.codec(),
            new Layout(parts.codec()),
            name -> {
              KeyValueStore<Bytes, byte[]> store = context.getStateStore(name);
              return Rows.of(store);
            });
    this.heardFrom = context.currentSystemTimeMs();
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick(now));
    context.schedule(LIVENESS_TICK, PunctuationType.WALL_CLOCK_TIME, this::liveness);
  }

  @Override
  public void close() {
    parts.partitions().closed(partition);
  }

  /**
   * The stores are restored before the first record or tick; whether they are in step with the log
   * is seen here.
   */
  private void recover() {
    if (recovered) {
      return;
    }
    long folded =
        new Recovery(
                parts.codec(),
                parts.log(),
                books,
                partition,
                parts.settings().outcomeKeepMs(),
                context.currentSystemTimeMs())
            .run();
    meters.folded(folded);
    recovered = true;
    // While events were folded nobody was listened to: silence counts from here on.
    heardFrom = System.currentTimeMillis();
    parts.partitions().ready(partition, books.open());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    recover();
    RecordMetadata at =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a record without its place"));
    long now = context.currentSystemTimeMs();
    String network = network(record.key());
    if (network == null) {
      deadLetter(
          at,
          record,
          now,
          Fault.Key,
          "the key is not the name of a network, in UTF-8: " + NetworkName.RULE);
    } else if (isMisplaced(record.key())) {
      move(at, record, now);
    } else {
      read(at, record, network, now);
    }
  }

  private static @Nullable String network(byte @Nullable [] key) {
    String name = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    return NetworkName.isValid(name) ? name : null;
  }

  private boolean isMisplaced(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % parts.partitionCount() != partition;
  }

  private void move(RecordMetadata at, Record<byte[], byte[]> record, long now) {
    if (record.headers().lastHeader(Headers.FORWARDED) != null) {
      deadLetter(
          at,
          record,
          now,
          Fault.Partition,
          "it was forwarded once and is again on a partition that is not its key's");
    } else {
      meters.forwarded(at.topic());
      outbox.forward(at, record);
    }
  }

  private void read(RecordMetadata at, Record<byte[], byte[]> record, String name, long now) {
    long started = System.nanoTime();
    try {
      if (record.value() == null) {
        throw new UnreadableException(Fault.Framing, "the record has no value");
      }
      Object message = parts.codec().decode(at.topic(), record.value());
      Network network = books.network(name);
      fireDue(network, now);
      if (message instanceof Message<?, ?>(CommandMeta meta, Command command)) {
        command(network, meta, command, record.timestamp(), now, started);
      } else if (message instanceof Message<?, ?>(ReportMeta meta, Report report)) {
        report(at, record, network, meta, report, now, started);
      }
    } catch (UnreadableException e) {
      deadLetter(at, record, now, e.fault(), String.valueOf(e.getMessage()));
    } catch (BadValueException e) {
      badValue(at, record, name, now, started, e);
    }
  }

  private void command(
      Network network, CommandMeta meta, Command command, long appended, long now, long started) {
    boolean repeated =
        Decider.isCommandId(meta.id()) && network.state().outcomes().get(meta.id()) != null;
    Decision<Outcome> decision =
        decider.command(network.state(), network.head().head(), meta, command, now);
    commit(network, decision, new Cause(CauseKind.COMMAND, meta.id(), meta.actor(), meta.reason()));
    String type = command.getClass().getSimpleName();
    outbox.outcome(
        network.name(),
        new OutcomeMeta(
            meta.id(), type, network.name(), now, meta.actor(), repeated, meta.dryRun()),
        decision.answer());
    meters.command(type, decision.answer(), now - appended, System.nanoTime() - started);
  }

  private void report(
      RecordMetadata at,
      Record<byte[], byte[]> record,
      Network network,
      ReportMeta meta,
      Report report,
      long now,
      long started) {
    Decision<Disposition> decision =
        decider.report(network.state(), network.head().head(), report, now);
    if (decision.answer() instanceof Disposition.Invalid invalid) {
      deadLetter(
          at,
          record,
          now,
          Fault.Value,
          invalid.field() + " is '" + invalid.value() + "'; allowed: " + invalid.allowed());
      return;
    }
    commit(network, decision, new Cause(CauseKind.REPORT, meta.id(), meta.source(), ""));
    if (report instanceof Report.OwnerCheck check) {
      meters.ownerCheck(check.result().name());
    }
    meters.report(
        report.getClass().getSimpleName(), decision.answer(), System.nanoTime() - started);
  }

  /** A command whose sender is known gets its refusal; anything else is a dead letter. */
  private void badValue(
      RecordMetadata at,
      Record<byte[], byte[]> record,
      String name,
      long now,
      long started,
      BadValueException e) {
    if (!(e.meta() instanceof CommandMeta meta)
        || !Decider.isCommandId(meta.id())
        || e.record() == null) {
      deadLetter(at, record, now, Fault.Value, String.valueOf(e.getMessage()));
      return;
    }
    Network network = books.network(name);
    Outcome before = network.state().outcomes().get(meta.id());
    Outcome outcome =
        before != null
            ? before
            : new Outcome.Rejected(
                Refusal.invalid(e.field(), e.value(), e.allowed()), network.head().sequence());
    if (before == null && !meta.dryRun()) {
      Decider.remember(network.state(), meta.id(), outcome, now + parts.settings().outcomeKeepMs());
    }
    outbox.outcome(
        name,
        new OutcomeMeta(
            meta.id(), e.record(), name, now, meta.actor(), before != null, meta.dryRun()),
        outcome);
    meters.command(e.record(), outcome, now - record.timestamp(), System.nanoTime() - started);
  }

  private void deadLetter(
      RecordMetadata at, Record<byte[], byte[]> record, long now, Fault fault, String message) {
    meters.deadLetter(at.topic(), fault.name());
    outbox.deadLetter(at, record, now, fault, message);
  }

  /** Writes what was decided. Encoding comes first; after it nothing throws. */
  private void commit(Network network, Decision<?> decision, Cause cause) {
    List<Ledger.Line> lines =
        ledger.write(network.name(), network.head(), decision.events(), cause);
    long stamp = lock.writeLock();
    try {
      if (!lines.isEmpty()) {
        books.advance(network, NetworkHead.of(decision.head(), lines.getLast().hash()));
      }
      decision.changes().apply();
    } finally {
      lock.unlockWrite(stamp);
    }
    byte[] key = network.name().getBytes(StandardCharsets.UTF_8);
    for (Ledger.Line line : lines) {
      outbox.event(key, line);
    }
    decision.events().forEach(e -> meters.event(e.event().getClass().getSimpleName()));
  }

  /** What was due before a record is done before it: a deadline is a deadline. */
  private int fireDue(Network network, long now) {
    int fired = 0;
    if (network.state().nextDue() <= now) {
      Decision<Boolean> decision =
          decider.timers(
              network.state(), network.head().head(), now, heardFrom, TIMERS_PER_NETWORK);
      commit(network, decision, Cause.TIMER);
      network.state().findNextDue();
      fired = TIMERS_PER_NETWORK;
    }
    return fired;
  }

  private void tick(long now) {
    recover();
    int budget = TIMERS_PER_TICK;
    for (Network network : books.all()) {
      int fired = 1;
      while (budget > 0 && fired > 0) {
        fired = fireDue(network, now);
        budget -= fired;
      }
    }
  }

  private void liveness(long now) {
    recover();
    for (Network network : books.all()) {
      Decision<Integer> decision =
          decider.liveness(network.state(), network.head().head(), now, heardFrom);
      if (!decision.events().isEmpty()) {
        commit(network, decision, Cause.TIMER);
      }
    }
  }
}
