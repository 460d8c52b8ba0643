package io.holdfast.domain.evolve;

import static io.holdfast.domain.evolve.Evolver.existing;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.model.Waiter;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.WaitingKey;
import io.holdfast.domain.state.WaitingLine;
import java.util.ArrayList;
import java.util.List;

/** What events make of those who wait for addresses. */
final class WaitEvolution {
  private WaitEvolution() {}

  static void queued(State state, EventHeader header, Event.AllocationQueued e) {
    long ticket = header.sequence();
    Waiter waiter = new Waiter(e.request(), e.commandId(), header.time(), e.deadline());
    state.waiters().put(ticket, waiter);
    state.tickets().put(e.request().owner(), ticket);
    state.timers().put(WaitingLine.look(ticket, e.deadline()), Mark.SET);
    // For a replay, which does not know who was about to be served.
    state.timers().put(WaitingLine.look(ticket, header.time()), Mark.SET);
    for (String pool : WaitingLine.pools(state, e.request())) {
      state.waiting().put(new WaitingKey(pool, ticket), Mark.SET);
    }
  }

  static void dequeued(State state, Event.AllocationDequeued e) {
    Waiter waiter = existing(state.waiters().get(e.ticket()), "ticket " + e.ticket());
    state.waiters().remove(e.ticket());
    state.tickets().remove(e.owner());
    state.timers().remove(WaitingLine.look(e.ticket(), waiter.deadline()));
    state.timers().remove(WaitingLine.look(e.ticket(), waiter.since()));
    for (String pool : WaitingLine.pools(state, waiter.request())) {
      state.waiting().remove(new WaitingKey(pool, e.ticket()));
    }
  }

  /** A pool came, or may serve others now. Costs what those who wait are. */
  static void poolChanged(State state, String pool, PoolSpec spec) {
    state
        .waiters()
        .scan(
            0L,
            Long.MAX_VALUE,
            (ticket, waiter) -> {
              WaitingKey key = new WaitingKey(pool, ticket);
              if (waiter.request().accepts(pool, spec)) {
                state.waiting().put(key, Mark.SET);
              } else {
                state.waiting().remove(key);
              }
              return true;
            });
  }

  static void poolRemoved(State state, String pool) {
    List<WaitingKey> waiting = new ArrayList<>();
    state
        .waiting()
        .scan(WaitingKey.first(pool), WaitingKey.last(pool), (key, mark) -> waiting.add(key));
    waiting.forEach(state.waiting()::remove);
  }
}
