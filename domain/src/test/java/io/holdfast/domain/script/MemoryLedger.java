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

/** The domain alone, on a state in memory. */
final class MemoryLedger implements Ledger {
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

  MemoryLedger(Settings settings) {
    this.settings = settings;
    this.decider = new Decider(settings);
    this.oracle = new Oracle(settings);
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public Head head() {
    return head;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public Oracle oracle() {
    return oracle;
  }

  @Override
  public List<Recorded> log() {
    return log;
  }

  @Override
  public void pass(long millis) {
    now += millis;
  }

  @Override
  public Reply<Outcome> ask(CommandMeta meta, Command command) {
    Decision<Outcome> decision = decider.command(state, head, meta, command, now);
    settle(decision);
    if (Answers.find(state, meta.id(), Math.max(now, head.time())) != null) {
      answers.put(meta.id(), decision.answer());
    }
    oracle.check(new Stimulus.Asked(meta, command, decision.answer()), decision.events(), now);
    return new Reply<>(decision.answer(), decision.events());
  }

  @Override
  public Reply<Disposition> tell(Report report) {
    Decision<Disposition> decision = decider.report(state, head, report, now);
    settle(decision);
    oracle.check(new Stimulus.Told(report, decision.answer()), decision.events(), now);
    return new Reply<>(decision.answer(), decision.events());
  }

  @Override
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

  /** It starts with nothing but its log: events and outcomes. */
  @Override
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

  @Override
  public void delayed() {
    commandsFrom = now;
  }
}
