package io.holdfast.allocator.topology;

import io.holdfast.allocator.topology.Ledger.Cause;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Answers;
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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.StampedLock;

/**
 * Has the domain decide, and writes the events, the changes and the answer. All that can fail
 * happens in memory first; then nothing is left that throws, so a record is worked off whole or not
 * at all.
 */
final class Desk {
  private static final int TIMERS_AT_ONCE = 100;
  private static final int TIMERS_PER_TICK = 1_000;

  /** Looks for lost nodes come once a second; a pause this long means that nobody listened. */
  private static final Duration STALL = Duration.ofSeconds(3);

  private final TopologyParts parts;
  private final Decider decider;
  private final Ledger ledger;
  private final Books books;
  private final Outbox outbox;
  private final Meters meters;
  private final StampedLock lock;
  private long heardFrom;
  private long lastLook;

  /**
   * @param lock held for writing while stores change, so that a query never sees half a decision
   */
  Desk(TopologyParts parts, Books books, Outbox outbox, Meters meters, StampedLock lock, long now) {
    this.parts = parts;
    this.decider = new Decider(parts.settings());
    this.ledger = new Ledger(parts.codec());
    this.books = books;
    this.outbox = outbox;
    this.meters = meters;
    this.lock = lock;
    hearsFrom(now);
  }

  /** Silence of a node before this time, epoch milliseconds, says nothing about it. */
  void hearsFrom(long now) {
    heardFrom = now;
    lastLook = now;
  }

  /** Works off a command or report of the partition. */
  void work(Incoming record, long now) {
    long started = System.nanoTime();
    String name = new String(record.key(), StandardCharsets.UTF_8);
    Object message;
    try {
      message = decode(record);
    } catch (UnreadableException e) {
      deadLetter(record, now, e.fault(), String.valueOf(e.getMessage()));
      return;
    } catch (BadValueException e) {
      badValue(record, books.network(name), now, started, e);
      return;
    }
    Network network = books.network(name);
    // What was due before a record is done before it: a deadline is a deadline.
    fireDue(network, now);
    if (message instanceof Message<?, ?>(CommandMeta meta, Command command)) {
      command(record, network, meta, command, now, started);
    } else if (message instanceof Message<?, ?>(ReportMeta meta, Report report)) {
      report(record, network, meta, report, now, started);
    }
  }

  private Object decode(Incoming record) {
    byte[] value = record.value();
    if (value == null) {
      throw new UnreadableException(Fault.Framing, "the record has no value");
    }
    return parts.codec().decode(record.topic(), value);
  }

  private void command(
      Incoming record, Network network, CommandMeta meta, Command command, long now, long started) {
    boolean repeated =
        Decider.isCommandId(meta.id())
            && Answers.find(network.state(), meta.id(), time(network, now)) != null;
    Decision<Outcome> decision =
        decider.command(network.state(), network.head().head(), meta, command, now);
    String type = command.getClass().getSimpleName();
    Outbox.Answer answer =
        outbox.answer(
            record,
            new OutcomeMeta(
                meta.id(), type, network.name(), now, meta.actor(), repeated, meta.dryRun()),
            decision.answer());
    commit(network, decision, new Cause(CauseKind.COMMAND, meta.id(), meta.actor(), meta.reason()));
    outbox.send(answer);
    meters.command(type, decision.answer(), now - record.timestamp(), System.nanoTime() - started);
  }

  /** The network's time does not go back when the clock does. */
  private static long time(Network network, long now) {
    return Math.max(now, network.head().time());
  }

  private void report(
      Incoming record, Network network, ReportMeta meta, Report report, long now, long started) {
    Decision<Disposition> decision =
        decider.report(network.state(), network.head().head(), report, now);
    if (decision.answer() instanceof Disposition.Invalid invalid) {
      deadLetter(
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
      Incoming record, Network network, long now, long started, BadValueException e) {
    if (!(e.meta() instanceof CommandMeta meta)
        || !Decider.isCommandId(meta.id())
        || e.record() == null) {
      deadLetter(record, now, Fault.Value, String.valueOf(e.getMessage()));
      return;
    }
    Outcome before = Answers.find(network.state(), meta.id(), time(network, now));
    Outcome outcome =
        before != null
            ? before
            : new Outcome.Rejected(
                Refusal.invalid(e.field(), e.value(), e.allowed()), network.head().sequence());
    Outbox.Answer answer =
        outbox.answer(
            record,
            new OutcomeMeta(
                meta.id(),
                e.record(),
                network.name(),
                now,
                meta.actor(),
                before != null,
                meta.dryRun()),
            outcome);
    if (before == null && !meta.dryRun()) {
      long keepMs = parts.settings().outcomeKeepMs();
      locked(
          () -> Answers.remember(network.state(), meta.id(), outcome, time(network, now), keepMs));
    }
    outbox.send(answer);
    meters.command(e.record(), outcome, now - record.timestamp(), System.nanoTime() - started);
  }

  void deadLetter(Incoming record, long now, Fault fault, String message) {
    meters.deadLetter(record.topic(), fault.name());
    outbox.deadLetter(record, now, fault, message);
  }

  /** Writes what was decided. Encoding comes first; after it nothing throws. */
  private void commit(Network network, Decision<?> decision, Cause cause) {
    List<Ledger.Line> lines =
        ledger.write(network.name(), network.head(), decision.events(), cause);
    locked(() -> {
      if (!lines.isEmpty()) {
        books.advance(network, NetworkHead.of(decision.head(), lines.getLast().hash()));
      }
      decision.changes().apply();
    });
    byte[] key = network.name().getBytes(StandardCharsets.UTF_8);
    for (Ledger.Line line : lines) {
      outbox.event(key, line);
    }
    decision.events().forEach(e -> meters.event(e.event().getClass().getSimpleName()));
  }

  private void locked(Runnable change) {
    long stamp = lock.writeLock();
    try {
      change.run();
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private int fireDue(Network network, long now) {
    if (network.state().nextDue() > now) {
      return 0;
    }
    Decision<Integer> decision =
        decider.timers(network.state(), network.head().head(), now, heardFrom, TIMERS_AT_ONCE);
    commit(network, decision, Cause.TIMER);
    network.state().findNextDue();
    return decision.answer();
  }

  /** Fires what is due, a bounded number; networks take turns, so that none waits for another. */
  void fireDue(long now) {
    int budget = TIMERS_PER_TICK;
    Deque<Network> turns = new ArrayDeque<>(books.due(now));
    while (!turns.isEmpty() && budget > 0) {
      Network network = turns.poll();
      int fired = fireDue(network, now);
      budget -= Math.max(1, fired);
      if (fired == TIMERS_AT_ONCE) {
        turns.add(network);
      }
    }
  }

  /** Looks for nodes that were not heard of for too long. */
  void findLost(long now) {
    if (now - lastLook > STALL.toMillis()) {
      heardFrom = now;
    }
    lastLook = now;
    for (Network network : books.all()) {
      Decision<Integer> decision =
          decider.liveness(network.state(), network.head().head(), now, heardFrom);
      if (!decision.events().isEmpty()) {
        commit(network, decision, Cause.TIMER);
      }
    }
  }
}
