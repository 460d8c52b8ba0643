package io.holdfast.allocator.topology;

import io.holdfast.allocator.topology.Ledger.Cause;
import io.holdfast.domain.decide.Decider;
import io.holdfast.domain.decide.Decision;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** What time brings to the networks of a partition: timers that are due, nodes that are silent. */
final class Rounds {
  private static final int TIMERS_AT_ONCE = 100;
  private static final int TIMERS_PER_TICK = 1_000;
  private static final int ROWS_OF_A_TIMER = 5;

  /** Looks for lost nodes come once a second; a pause this long means that nobody listened. */
  private static final Duration STALL = Duration.ofSeconds(3);

  private final Decider decider;
  private final Books books;
  private final Register register;
  private final Hearing hearing;
  private long heardFrom;
  private long lastLook;

  /**
   * @param hearing since when commands are heard without delay
   * @param now since when anybody is listened to, epoch milliseconds
   */
  Rounds(Decider decider, Books books, Register register, Hearing hearing, long now) {
    this.decider = decider;
    this.books = books;
    this.register = register;
    this.hearing = hearing;
    this.heardFrom = now;
    this.lastLook = now;
  }

  /** Silence of a node before this time, epoch milliseconds, says nothing about it. */
  void hearsFrom(long now) {
    heardFrom = now;
    lastLook = now;
    hearing.begins(now);
    books.all().forEach(network -> network.hearsFrom(now));
  }

  /**
   * What a turn did.
   *
   * @param cost in timers: one that changes many rows counts as several
   */
  private record Turn(boolean more, int cost) {
    static final Turn NOTHING = new Turn(false, 0);
  }

  /** Fires what is due in one network, as much as a turn takes. */
  void fireDue(Network network, long time) {
    var _ = turn(network, time);
  }

  private Turn turn(Network network, long time) {
    if (network.state().nextDue() > time) {
      return Turn.NOTHING;
    }
    books.turnTo(network);
    Decision<Integer> decision =
        decider.timers(
            network.state(),
            network.head().head(),
            time,
            network.heardFrom(heardFrom),
            hearing.from(time),
            TIMERS_AT_ONCE);
    int rows = decision.changes().size();
    commit(network, decision);
    network.state().findNextDue();
    return new Turn(
        decision.answer() == TIMERS_AT_ONCE,
        Math.max(decision.answer(), Math.ceilDiv(rows, ROWS_OF_A_TIMER)));
  }

  private void commit(Network network, Decision<?> decision) {
    register.commit(network, decision, register.write(network, decision, Cause.TIMER));
  }

  /** Fires what is due, a bounded number; networks take turns, so that none waits for another. */
  void fireDue(long now) {
    hearing.goesOn(now);
    int budget = TIMERS_PER_TICK;
    Deque<Network> turns = new ArrayDeque<>(books.due(now));
    while (!turns.isEmpty() && budget > 0) {
      Network network = turns.poll();
      Turn turn = turn(network, network.time(now));
      budget -= Math.max(1, turn.cost());
      if (turn.more()) {
        turns.add(network);
      } else {
        books.letGo(network.name());
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
      books.turnTo(network);
      Decision<Integer> decision =
          decider.liveness(
              network.state(),
              network.head().head(),
              network.time(now),
              network.heardFrom(heardFrom));
      if (!decision.events().isEmpty()) {
        commit(network, decision);
      }
    }
  }
}
