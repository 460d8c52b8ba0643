package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.event.DequeueCause;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Waiter;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import io.holdfast.domain.state.WaitingKey;
import io.holdfast.domain.state.WaitingLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for addresses: whoever has waited longest for what comes free is served first, and nobody
 * who asks later is served before.
 */
final class WaitDecisions {
  static final long MAX_WAIT_MS = 30L * 24 * 3600 * 1000;
  private static final int MAX_WAITING = 10_000;

  /** So many of those who wait for a pool are looked at in one go. */
  private static final int PORTION = 100;

  private WaitDecisions() {}

  /** Puts a request that was refused for want of addresses into the queue. */
  static Verdict queue(
      Draft draft, CommandMeta meta, EipRequest request, long waitMs, Refusal exhausted) {
    if (waiting(draft.state()) >= MAX_WAITING) {
      return Verdict.refused(
          exhausted.with("waiting", MAX_WAITING + " requests wait already, no more can"));
    }
    long ticket = draft.nextSequence();
    draft.emit(new Event.AllocationQueued(request, meta.id(), draft.now() + waitMs));
    // It was looked at just now.
    draft.state().timers().remove(WaitingLine.look(ticket, draft.now()));
    Allocation.keep(draft, request);
    return Verdict.waiting(WaitingLine.place(draft.state(), ticket));
  }

  /** Where the owner stands that asks again; null: it does not wait. */
  static @Nullable Verdict again(Draft draft, EipRequest request) {
    State state = draft.state();
    Long ticket = state.tickets().get(request.owner());
    if (ticket == null) {
      return null;
    }
    if (!WaitingLine.waiter(state, ticket).request().equals(request)) {
      return Verdict.refused(waitsFor(request.owner(), ticket));
    }
    Allocation.keep(draft, request);
    return Verdict.waiting(WaitingLine.place(state, ticket));
  }

  /** Null if the owner does not wait: else it would get one now and one more when it is served. */
  static @Nullable Refusal waits(State state, Owner owner) {
    Long ticket = state.tickets().get(owner);
    return ticket == null ? null : waitsFor(owner, ticket);
  }

  private static Refusal waitsFor(Owner owner, long ticket) {
    return Refusal.of(
            RefusalCode.InUse,
            owner
                + " waits for other addresses, with ticket "
                + ticket
                + "; CancelAllocation ends that")
        .with("ticket", ticket);
  }

  static Verdict cancel(Draft draft, Command.CancelAllocation c) {
    Refusal refusal = Check.owner("owner", c.owner());
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    Long ticket = draft.state().tickets().get(c.owner());
    if (ticket == null) {
      return Verdict.refused(RefusalCode.NotWaiting, c.owner() + " waits for nothing");
    }
    leave(draft, ticket, DequeueCause.CANCELLED);
    return Verdict.DONE;
  }

  /** It has waited for too long, or may be served by now: in its turn. */
  static void look(Draft draft, long ticket) {
    Waiter waiter = draft.state().waiters().get(ticket);
    if (waiter == null) {
      return;
    }
    if (waiter.deadline() <= draft.now()) {
      leave(draft, ticket, DequeueCause.EXPIRED);
    } else {
      WaitingLine.pools(draft.state(), waiter.request()).forEach(draft::opened);
    }
  }

  /** Who stood behind it may be next. */
  private static void leave(Draft draft, long ticket, DequeueCause cause) {
    Waiter waiter = WaitingLine.waiter(draft.state(), ticket);
    WaitingLine.pools(draft.state(), waiter.request()).forEach(draft::opened);
    draft.emit(
        new Event.AllocationDequeued(ticket, waiter.request().owner(), waiter.commandId(), cause));
  }

  /** Gives what came free to those who wait for it. The last step of every decision. */
  static void wake(Draft draft) {
    State state = draft.state();
    boolean nothingNew = draft.opened().isEmpty() && draft.relieved().isEmpty();
    if (nothingNew || state.waiters().firstKey(0L, Long.MAX_VALUE) == null) {
      return;
    }
    openForRelieved(draft);
    // Who is served makes way for those behind it, in all pools that it waited for.
    int left = PORTION;
    while (!draft.opened().isEmpty()) {
      String pool = Objects.requireNonNull(draft.opened().pollFirst());
      if (left > 0) {
        left -= serve(draft, pool, 0, left);
        openForRelieved(draft);
      } else {
        later(draft, pool, 0);
      }
    }
  }

  /** Who waits on a quota that has room again is next; who waits on one used up makes way. */
  private static void openForRelieved(Draft draft) {
    State state = draft.state();
    while (!draft.relieved().isEmpty()) {
      String tenant = Objects.requireNonNull(draft.relieved().pollFirst());
      WaitingLine.ofTenant(
          state,
          tenant,
          ticket ->
              WaitingLine.pools(state, WaitingLine.waiter(state, ticket).request())
                  .forEach(draft::opened));
    }
  }

  /** Goes on where a portion ended. */
  static void serve(Draft draft, String pool, long from) {
    var _ = serve(draft, pool, from, PORTION);
  }

  /**
   * Serves those who wait for a pool, from a ticket on, until one has to be waited for. Returns how
   * many were looked at; a timer goes on after {@code most}.
   */
  private static int serve(Draft draft, String pool, long from, int most) {
    List<Long> tickets = new ArrayList<>();
    draft
        .state()
        .waiting()
        .scan(
            new WaitingKey(pool, from),
            WaitingKey.last(pool),
            (key, mark) -> {
              tickets.add(key.ticket());
              return tickets.size() <= most;
            });
    for (int i = 0; i < Math.min(tickets.size(), most); i++) {
      long ticket = tickets.get(i);
      Waiter waiter = draft.state().waiters().get(ticket);
      if (waiter != null && !isServed(draft, pool, ticket, waiter)) {
        return i + 1;
      }
    }
    if (tickets.size() > most) {
      later(draft, pool, tickets.getLast());
    }
    return tickets.size();
  }

  /** False: what comes free next is for it, and those behind it have to wait. */
  private static boolean isServed(Draft draft, String pool, long ticket, Waiter waiter) {
    Refusal refusal = attempt(draft, pool, ticket, waiter);
    return refusal == null
        || refusal.code() != RefusalCode.PoolExhausted
        || !WaitingLine.holdsUp(waiter.request());
  }

  private static void later(Draft draft, String pool, long from) {
    TimerKey timer = new TimerKey(draft.now(), TimerKind.WAKE, pool, Long.toString(from));
    draft.state().timers().put(timer, Mark.SET);
  }

  /**
   * Gives a waiter what it waits for, if it can be had now.
   *
   * @param pool whose waiters are being served; those of all others are told when it leaves
   */
  private static @Nullable Refusal attempt(Draft draft, String pool, long ticket, Waiter waiter) {
    if (WaitingLine.isOff(draft.state(), waiter.request())) {
      return Refusal.of(RefusalCode.NodeUnknown, "its node is off");
    }
    Draft attempt = draft.attempt();
    Verdict verdict = Allocation.give(attempt, waiter.request(), ticket);
    DequeueCause cause = DequeueCause.GRANTED;
    Refusal refusal = null;
    if (verdict instanceof Verdict.Refused refused) {
      refusal = refused.refusal();
      if (refusal.code() == RefusalCode.PoolExhausted
          || refusal.code() == RefusalCode.QuotaExceeded
          || isNotFree(refusal.code())) {
        return refusal;
      }
      attempt.rollBack();
      cause = DequeueCause.REFUSED;
    }
    attempt.emit(
        new Event.AllocationDequeued(ticket, waiter.request().owner(), waiter.commandId(), cause));
    draft.take(attempt);
    for (String other : WaitingLine.pools(draft.state(), waiter.request())) {
      if (!other.equals(pool)) {
        draft.opened(other);
      }
    }
    return refusal;
  }

  /** The owner got an address in another way: it may be what it waits for. */
  static void gained(Draft draft, Owner owner) {
    Long ticket = draft.state().tickets().get(owner);
    Waiter waiter = ticket == null ? null : draft.state().waiters().get(ticket);
    if (waiter != null) {
      WaitingLine.pools(draft.state(), waiter.request()).forEach(draft::opened);
    }
  }

  /** A node went off or is back, a gateway goes: who waits with it, or behind it, may be next. */
  static void turned(Draft draft, Predicate<EipRequest> waitsWithIt) {
    draft
        .state()
        .waiters()
        .scan(
            0L,
            Long.MAX_VALUE,
            (ticket, waiter) -> {
              if (waitsWithIt.test(waiter.request())) {
                WaitingLine.pools(draft.state(), waiter.request()).forEach(draft::opened);
              }
              return true;
            });
  }

  /** The one address it waits for is not free yet. */
  static boolean isNotFree(RefusalCode code) {
    return switch (code) {
      case AddressInUse,
          AddressReleasing,
          AddressCoolingDown,
          AddressQuarantined,
          AddressReserved ->
          true;
      default -> false;
    };
  }

  private static int waiting(State state) {
    int[] count = {0};
    state.waiters().scan(0L, Long.MAX_VALUE, (ticket, waiter) -> ++count[0] < MAX_WAITING);
    return count[0];
  }
}
