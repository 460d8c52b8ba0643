package io.holdfast.simulator.service;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.decide.Answers;
import io.holdfast.domain.decide.Decider;
import io.holdfast.domain.decide.Decision;
import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Remembered;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.MemoryState;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.simulator.check.Audit;
import io.holdfast.simulator.check.Replay;
import io.holdfast.simulator.check.Stimulus;
import io.holdfast.simulator.check.Watch;
import io.holdfast.simulator.net.Message;
import io.holdfast.simulator.net.Outbox;
import io.holdfast.simulator.plan.Kind;
import io.holdfast.simulator.setup.Setup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service as it runs the domain: one record of the log after the other, what was due before
 * each of them, everything that was decided kept in the log, soft state lost when it stops.
 */
public final class Service {
  private static final int TIMERS_AT_ONCE = 20;

  /** A pause this long means that nobody listened, milliseconds. */
  private static final long STALL_MS = 3_000;

  private final Setup setup;
  private final Watch watch;
  private final Decider decider;
  private final Queries queries;
  private final List<Recorded> log = new ArrayList<>();
  private final Deque<Appended> unread = new ArrayDeque<>();
  private final Map<String, Remembered> answers = new LinkedHashMap<>();
  private Replay replay = new Replay();
  private MemoryState state = new MemoryState();
  private Head head = Head.START;
  private long heardFrom = Setup.START;
  private long lookedAt = Setup.START;
  private long commandsFrom = Setup.START;
  private long workedAt = Setup.START;
  private boolean stalled;

  /**
   * A record that waits to be read.
   *
   * @param at epoch milliseconds
   */
  private record Appended(Message.Entry entry, long at) {}

  public Service(Setup setup, Watch watch) {
    this.setup = setup;
    this.watch = watch;
    this.decider = new Decider(setup.settings());
    this.queries = new Queries(setup);
  }

  public State state() {
    return state;
  }

  public Head head() {
    return head;
  }

  public List<Recorded> log() {
    return log;
  }

  public boolean isStalled() {
    return stalled;
  }

  /** A record reached the log. */
  public void take(Message.Entry message, long now, Outbox out) {
    if (message instanceof Message.Told told && told.agent() >= 0) {
      out.send(new Message.Acknowledged(told.node(), told.agent(), told.number()));
    }
    if (stalled || !unread.isEmpty()) {
      unread.add(new Appended(message, time(now)));
    } else {
      read(new Appended(message, time(now)), now, out);
    }
  }

  /** Answers from the state as it is, also while the log stands still. */
  public void ask(Message.NodeQuery query, long now, Outbox out) {
    out.send(queries.node(state, query, time(now)));
  }

  /** As {@link #ask(Message.NodeQuery, long, Outbox)}. */
  public void ask(Message.DesiredQuery query, Outbox out) {
    queries.desired(state, log, query, out);
  }

  public void stall() {
    stalled = true;
  }

  /** Reads on, one record at a time while there is a backlog. */
  public void resume(long now, Outbox out) {
    stalled = false;
    Appended next = unread.poll();
    if (next != null) {
      read(next, now, out);
    }
    if (!unread.isEmpty()) {
      out.later(Kind.RESUME, 0, 1);
    }
  }

  /** Whether the log holds, unread, that this node is off. */
  public boolean isAboutToFence(String node) {
    for (Appended record : unread) {
      if (record.entry() instanceof Message.Asked(var _, Command.FenceNode fence)
          && fence.node().equals(node)) {
        return true;
      }
    }
    return false;
  }

  /** Time is looked at. */
  public void tick(long now, Outbox out) {
    if (stalled) {
      return;
    }
    long time = time(now);
    worksOn(time);
    fire(time, out);
    if (time - lookedAt > STALL_MS) {
      heardFrom = time;
    }
    lookedAt = time;
    Decision<Integer> decision = decider.liveness(state, head, time, heardFrom);
    settle(decision, passed(List.of()), time, out);
    watch.looked(heardFrom, commandsFrom, Math.max(time, head.time()));
  }

  private long time(long now) {
    return Setup.START + now;
  }

  private Stimulus passed(List<Stimulus.Renewal> renewals) {
    return new Stimulus.Passed(heardFrom, commandsFrom, renewals);
  }

  /** After a pause commands may have been waiting. */
  private void worksOn(long time) {
    if (time - workedAt > STALL_MS) {
      commandsFrom = time;
    }
    workedAt = time;
  }

  /** Renewals that are in the log, have not had their answer, and would count. */
  private List<Stimulus.Renewal> renewals() {
    List<Stimulus.Renewal> renewals = new ArrayList<>();
    for (Appended record : unread) {
      if (record.entry() instanceof Message.Asked(var meta, Command.RenewLease renewal)
          && !meta.dryRun()
          && !answers.containsKey(meta.id())) {
        renewals.add(new Stimulus.Renewal(renewal, record.at()));
      }
    }
    return renewals;
  }

  private void fire(long time, Outbox out) {
    for (int round = 0; isDue(time); round++) {
      if (round > 1_000) {
        throw new IllegalStateException("timers never come to an end");
      }
      Decision<Integer> decision =
          decider.timers(state, head, time, heardFrom, commandsFrom, TIMERS_AT_ONCE);
      settle(decision, passed(renewals()), time, out);
    }
  }

  private boolean isDue(long time) {
    long at = Math.max(time, head.time());
    return state.timers().firstKey(TimerKey.FIRST, TimerKey.after(at)) != null;
  }

  private void read(Appended record, long now, Outbox out) {
    long time = time(now);
    worksOn(time);
    if (record.entry() instanceof Message.Asked && time - record.at() > STALL_MS) {
      commandsFrom = time;
    }
    unread.addFirst(record); // it waits while time is looked at
    fire(time, out);
    unread.removeFirst();
    switch (record.entry()) {
      case Message.Asked(var meta, var command) -> {
        Outcome before = answer(meta.id(), time);
        Decision<Outcome> decision = decider.command(state, head, meta, command, time);
        if (before == null && !meta.dryRun()) {
          long until = Math.max(time, head.time()) + setup.settings().outcomeKeepMs();
          answers.put(meta.id(), new Remembered(decision.answer(), until));
        }
        settle(decision, new Stimulus.Asked(meta, command, decision.answer(), before), time, out);
      }
      case Message.Told told -> {
        Decision<Disposition> decision = decider.report(state, head, told.report(), time);
        settle(decision, new Stimulus.Told(told.report(), decision.answer()), time, out);
      }
    }
  }

  private @Nullable Outcome answer(String id, long time) {
    Remembered found = answers.get(id);
    return found == null || found.until() <= Math.max(time, head.time()) ? null : found.outcome();
  }

  private void settle(Decision<?> decision, Stimulus stimulus, long time, Outbox out) {
    long decidedAt = Math.max(time, head.time());
    decision.changes().apply();
    head = decision.head();
    log.addAll(decision.events());
    watch.decided(stimulus, decision.events(), state, decidedAt);
    if (!decision.events().isEmpty()) {
      queries.wake(state, log, out);
    }
  }

  /** The log alone gives this state. Everything in it fits together. */
  public void audit() {
    replay.follow(log);
    replay.compare(state, head);
    Audit.check(state, watch);
  }

  /** It stops, and starts with its log and the answers it gave; what is soft is gone. */
  public void restart(long now) {
    audit();
    state = replay.state();
    replay = new Replay();
    long time = Math.max(time(now), head.time());
    answers.values().removeIf(answer -> answer.until() <= time);
    long until = time + setup.settings().outcomeKeepMs();
    answers.replaceAll((id, answer) -> {
      Answers.remember(state, id, answer.outcome(), time, setup.settings().outcomeKeepMs());
      return new Remembered(answer.outcome(), until);
    });
    heardFrom = time;
    commandsFrom = time;
    lookedAt = time;
    workedAt = time;
    queries.drop();
  }
}
