package io.holdfast.domain.script;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Answers;
import io.holdfast.domain.decide.Decider;
import io.holdfast.domain.decide.Decision;
import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.evolve.Evolver;
import io.holdfast.domain.oracle.Oracle;
import io.holdfast.domain.oracle.Stimulus;
import io.holdfast.domain.oracle.Violation;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.MemoryState;
import io.holdfast.domain.state.Overlay;
import io.holdfast.domain.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network as the service runs it: state, head, log, clock. Everything that happens is shown to
 * the oracle.
 */
public final class Ledger {
  /** 2026-01-01T00:00:00Z. */
  public static final long START = 1_767_225_600_000L;

  private final Settings settings;
  private final Decider decider;
  private final Oracle oracle;
  private final List<Recorded> log = new ArrayList<>();
  private final Map<String, Outcome> answers = new TreeMap<>();
  private MemoryState state = new MemoryState();
  private Head head = Head.START;
  private long now = START;
  private long heardFrom = START;
  private long commandsFrom = START;

  public Ledger(Settings settings) {
    this.settings = settings;
    this.decider = new Decider(settings);
    this.oracle = new Oracle(settings);
  }

  public State state() {
    return state;
  }

  public Head head() {
    return head;
  }

  public long now() {
    return now;
  }

  public Oracle oracle() {
    return oracle;
  }

  public List<Recorded> log() {
    return log;
  }

  /** The clock moves on; nothing looks at it yet. */
  public void pass(long millis) {
    now += millis;
  }

  public Decision<Outcome> ask(CommandMeta meta, Command command) {
    Decision<Outcome> decision = decider.command(state, head, meta, command, now);
    settle(decision);
    if (Answers.find(state, meta.id(), Math.max(now, head.time())) != null) {
      answers.put(meta.id(), decision.answer());
    }
    oracle.check(new Stimulus.Asked(meta, command, decision.answer()), decision.events(), now);
    return decision;
  }

  public Decision<Disposition> tell(Report report) {
    Decision<Disposition> decision = decider.report(state, head, report, now);
    settle(decision);
    oracle.check(new Stimulus.Told(report, decision.answer()), decision.events(), now);
    return decision;
  }

  /** Fires what is due and looks for lost nodes. */
  public List<Recorded> look() {
    List<Recorded> events = new ArrayList<>();
    boolean more = true;
    for (int round = 0; more; round++) {
      Violation.check(round < 1_000, "timers", "they never come to an end");
      Decision<Integer> decision = decider.timers(state, head, now, heardFrom, commandsFrom, 7);
      more = decision.answer() == 7;
      passed(decision, events);
    }
    passed(decider.liveness(state, head, now, heardFrom), events);
    oracle.looked(heardFrom, commandsFrom, now);
    return events;
  }

  private void passed(Decision<?> decision, List<Recorded> events) {
    settle(decision);
    oracle.check(new Stimulus.Passed(heardFrom, commandsFrom), decision.events(), now);
    events.addAll(decision.events());
  }

  private void settle(Decision<?> decision) {
    decision.changes().apply();
    head = decision.head();
    log.addAll(decision.events());
    long digest =
        decision.events().isEmpty() ? head.digest() : decision.events().getLast().digest();
    Violation.check(digest == head.digest(), "13 digest", "head and last event differ");
  }

  /**
   * The service stops and starts with nothing but its topics: events and outcomes. Soft state is
   * gone, everything else is as it was, and no event follows.
   */
  public void restart() {
    MemoryState rebuilt = new MemoryState();
    long digest = 0;
    for (Recorded recorded : log) {
      Overlay overlay = new Overlay(rebuilt, digest);
      Evolver.apply(overlay, recorded.header(), recorded.event());
      overlay.apply();
      digest = overlay.digest();
      Violation.check(digest == recorded.digest(), "13 replay", "digest differs after " + recorded);
    }
    StateAudit.sameAfterReplay(state, rebuilt);
    state = rebuilt;
    answers.forEach(
        (id, outcome) -> Answers.remember(state, id, outcome, now, settings.outcomeKeepMs()));
    heardFrom = now;
    commandsFrom = now;
  }

  /** A command was worked off that had waited: others may wait still. */
  public void delayed() {
    commandsFrom = now;
  }

  /** Throws if the tables do not fit together. */
  public void audit() {
    StateAudit.check(state, head, oracle);
  }

  public Settings settings() {
    return settings;
  }
}
