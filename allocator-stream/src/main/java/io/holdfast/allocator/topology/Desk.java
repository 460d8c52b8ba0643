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
import io.holdfast.wire.Contract;
import io.holdfast.wire.Message;
import io.holdfast.wire.OutcomeMeta;
import io.holdfast.wire.UnreadableException;
import io.holdfast.wire.UnreadableException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Has the domain decide, and writes the events, the changes and the answer. All that can fail
 * happens in memory first; then nothing is left that throws, so a record is worked off whole or not
 * at all.
 */
final class Desk {
  private final TopologyParts parts;
  private final Decider decider;
  private final Books books;
  private final Rounds rounds;
  private final Hearing hearing;
  private final Register register;
  private final Outbox outbox;
  private final DeadLetters letters;
  private final Meters meters;

  Desk(
      TopologyParts parts,
      Decider decider,
      Books books,
      Rounds rounds,
      Hearing hearing,
      Register register,
      Outbox outbox,
      DeadLetters letters,
      Meters meters) {
    this.parts = parts;
    this.decider = decider;
    this.books = books;
    this.rounds = rounds;
    this.hearing = hearing;
    this.register = register;
    this.outbox = outbox;
    this.letters = letters;
    this.meters = meters;
  }

  /** Works off a command or report of the partition. */
  void work(Incoming record, long now) {
    String name = new String(record.key(), StandardCharsets.UTF_8);
    hearing.goesOn(now);
    if (record.topic().equals(Contract.COMMANDS)) {
      hearing.heard(record.timestamp(), now);
    }
    work(record, name, now);
    books.letGo(name);
  }

  private void work(Incoming record, String name, long now) {
    long started = System.nanoTime();
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
    rounds.fireDue(network, time);
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
        register.write(
            network,
            decision,
            new Cause(CauseKind.COMMAND, meta.id(), meta.actor(), meta.reason()));
    if (!letters.fits(record, network.key(), lines, answer.bytes())) {
      return;
    }
    register.commit(network, decision, lines);
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
        register.write(
            network, decision, new Cause(CauseKind.REPORT, meta.id(), meta.source(), ""));
    if (!letters.fits(record, network.key(), lines, 0)) {
      return;
    }
    register.commit(network, decision, lines);
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
    if (!letters.fits(record, network.key(), List.of(), answer.bytes())) {
      return;
    }
    if (before == null && !meta.dryRun()) {
      long keepMs = parts.settings().outcomeKeepMs();
      register.locked(() -> Answers.remember(network.state(), meta.id(), outcome, now, keepMs));
    }
    outbox.send(answer);
    meters.command(e.record(), outcome, now - record.timestamp(), System.nanoTime() - started);
  }
}
