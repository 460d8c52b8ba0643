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
  private static final int ROWS_OF_A_TIMER = 5;

  /** Looks for lost nodes come once a second; a pause this long means that nobody listened. */
  private static final Duration STALL = Duration.ofSeconds(3);

  private final TopologyParts parts;
  private final Decider decider;
  private final Ledger ledger;
  private final Books books;
  private final Outbox outbox;
  private final DeadLetters letters;
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
    this.letters = new DeadLetters(parts.limits(), outbox, meters);
    this.meters = meters;
    this.lock = lock;
    this.heardFrom = now;
    this.lastLook = now;
  }

  /** Silence of a node before this time, epoch milliseconds, says nothing about it. */
  void hearsFrom(long now) {
    heardFrom = now;
    lastLook = now;
    books.all().forEach(network -> network.hearsFrom(now));
  }

  /** Works off a command or report of the partition. */
  void work(Incoming record, long now) {
    long started = System.nanoTime();
    String name = new String(record.key(), StandardCharsets.UTF_8);
    Object message;
    try {
      message = decode(record);
    } catch (UnreadableException e) {
      letters.send(record, e.fault(), String.valueOf(e.getMessage()));
      return;
    } catch (BadValueException e) {
      Network network = books.network(name);
      badValue(record, network, network.time(now), started, e);
      return;
    }
    Network network = books.network(name);
    long time = network.time(now);
    // What was due before a record is done before it, as much as a turn takes: a deadline is one.
    fireDue(network, time);
    if (message instanceof Message<?, ?>(CommandMeta meta, Command command)) {
      command(record, network, meta, command, time, started);
    } else if (message instanceof Message<?, ?>(ReportMeta meta, Report report)) {
      report(record, network, meta, report, time, started);
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
        Decider.isCommandId(meta.id()) && Answers.find(network.state(), meta.id(), now) != null;
    Decision<Outcome> decision =
        decider.command(network.state(), network.head().head(), meta, command, now);
    String type = command.getClass().getSimpleName();
    Outbox.Answer answer =
        outbox.answer(
            record,
            new OutcomeMeta(
                meta.id(), type, network.name(), now, meta.actor(), repeated, meta.dryRun()),
            decision.answer());
    List<Ledger.Line> lines =
        write(
            network,
            decision,
            new Cause(CauseKind.COMMAND, meta.id(), meta.actor(), meta.reason()));
    if (!letters.fits(record, key(network), lines, answer.bytes())) {
      return;
    }
    commit(network, decision, lines);
    outbox.send(answer);
    meters.command(type, decision.answer(), now - record.timestamp(), System.nanoTime() - started);
  }

  private void report(
      Incoming record, Network network, ReportMeta meta, Report report, long now, long started) {
    Disposition.Invalid malformed = Decider.check(meta);
    if (malformed != null) {
      letters.invalid(record, malformed);
      return;
    }
    Decision<Disposition> decision =
        decider.report(network.state(), network.head().head(), report, now);
    if (decision.answer() instanceof Disposition.Invalid invalid) {
      letters.invalid(record, invalid);
      return;
    }
    List<Ledger.Line> lines =
        write(network, decision, new Cause(CauseKind.REPORT, meta.id(), meta.source(), ""));
    if (!letters.fits(record, key(network), lines, 0)) {
      return;
    }
    commit(network, decision, lines);
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
      letters.send(record, Fault.Value, String.valueOf(e.getMessage()));
      return;
    }
    Outcome before = Answers.find(network.state(), meta.id(), now);
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
    if (!letters.fits(record, key(network), List.of(), answer.bytes())) {
      return;
    }
    if (before == null && !meta.dryRun()) {
      long keepMs = parts.settings().outcomeKeepMs();
      locked(() -> Answers.remember(network.state(), meta.id(), outcome, now, keepMs));
    }
    outbox.send(answer);
    meters.command(e.record(), outcome, now - record.timestamp(), System.nanoTime() - started);
  }

  private List<Ledger.Line> write(Network network, Decision<?> decision, Cause cause) {
    return ledger.write(network.name(), network.head(), decision.events(), cause);
  }

  private void commit(Network network, Decision<?> decision, Cause cause) {
    commit(network, decision, write(network, decision, cause));
  }

  /** Applies and sends what was decided and written. Nothing here throws. */
  private void commit(Network network, Decision<?> decision, List<Ledger.Line> lines) {
    locked(() -> {
      if (!lines.isEmpty()) {
        books.advance(network, NetworkHead.of(decision.head(), lines.getLast().hash()));
      }
      decision.changes().apply();
    });
    byte[] key = key(network);
    for (Ledger.Line line : lines) {
      outbox.event(key, line);
    }
    decision.events().forEach(e -> meters.event(e.event().getClass().getSimpleName()));
  }

  private static byte[] key(Network network) {
    return network.name().getBytes(StandardCharsets.UTF_8);
  }

  private void locked(Runnable change) {
    long stamp = lock.writeLock();
    try {
      change.run();
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /**
   * What a turn did.
   *
   * @param cost in timers: one that changes many rows counts as several
   */
  private record Turn(boolean more, int cost) {
    static final Turn NOTHING = new Turn(false, 0);
  }

  private Turn fireDue(Network network, long time) {
    if (network.state().nextDue() > time) {
      return Turn.NOTHING;
    }
    Decision<Integer> decision =
        decider.timers(
            network.state(),
            network.head().head(),
            time,
            network.heardFrom(heardFrom),
            TIMERS_AT_ONCE);
    int rows = decision.changes().size();
    commit(network, decision, Cause.TIMER);
    network.state().findNextDue();
    return new Turn(
        decision.answer() == TIMERS_AT_ONCE,
        Math.max(decision.answer(), Math.ceilDiv(rows, ROWS_OF_A_TIMER)));
  }

  /** Fires what is due, a bounded number; networks take turns, so that none waits for another. */
  void fireDue(long now) {
    int budget = TIMERS_PER_TICK;
    Deque<Network> turns = new ArrayDeque<>(books.due(now));
    while (!turns.isEmpty() && budget > 0) {
      Network network = turns.poll();
      Turn turn = fireDue(network, network.time(now));
      budget -= Math.max(1, turn.cost());
      if (turn.more()) {
        turns.add(network);
      } else {
        books.letGo(network);
      }
    }
  }

  /** Looks for nodes that were not heard of for too long. */
  void findLost(long now) {
    if (now - lastLook > STALL.toMillis()) {
      hearsFrom(now);
    }
    lastLook = now;
    for (Network network : books.all()) {
      if (network.head().sequence() == 0) {
        continue; // it has no nodes
      }
      Decision<Integer> decision =
          decider.liveness(
              network.state(),
              network.head().head(),
              network.time(now),
              network.heardFrom(heardFrom));
      if (!decision.events().isEmpty()) {
        commit(network, decision, Cause.TIMER);
      }
    }
  }
}
