package io.holdfast.projector.whatif;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Decider;
import io.holdfast.domain.decide.Decision;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.event.DequeueCause;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.evolve.Evolver;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.model.Waiter;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.MemoryState;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.WaitingLine;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A network without gateways: the domain's state and decisions, and what is done to it from
 * outside.
 */
final class Network {
  private static final int TIMERS = 1_000;

  /** What was due so shortly before something recorded was done together with it, milliseconds. */
  private static final long TOGETHER_MS = 1_000;

  private final Decider decider = new Decider(Settings.DEFAULT);
  private final MemoryState state = new MemoryState();
  private final Map<IpAddress, Long> goneAt = new HashMap<>();
  private final Openings openings = new Openings();
  private final BiConsumer<EventHeader, Event> happened;
  private Head head = Head.START;

  /**
   * @param happened is told all that happens, but for what is folded
   */
  Network(BiConsumer<EventHeader, Event> happened) {
    this.happened = happened;
  }

  State state() {
    return state;
  }

  /** Of the last event. */
  long sequence() {
    return head.sequence();
  }

  /** When the address was surely nowhere for the last time, epoch milliseconds; null: never. */
  @Nullable Long goneAt(IpAddress ip) {
    return goneAt.get(ip);
  }

  /** What is surely nowhere with an event that is about to happen; null: nothing that was not. */
  @Nullable Grant withdrawnBy(Event event) {
    if (event instanceof Event.EipCooldownStarted e) {
      return grant(e.ip());
    }
    // What was adopted does not cool down.
    Grant adopted = event instanceof Event.IpReserved e ? grant(e.ip()) : null;
    Address address = adopted == null ? null : state.addresses().get(adopted.ip());
    return address == null || address.tenancy() == null ? null : adopted;
  }

  /** Folds an event as it was recorded, without what is not part of the model. */
  void fold(EventHeader header, Event event) {
    apply(header, event);
    head = new Head(header.sequence(), header.time(), 0);
  }

  /** The domain decides. */
  Outcome decide(long time, String id, String actor, String reason, Command command) {
    Decision<Outcome> decision =
        decider.command(state, head, new CommandMeta(id, actor, reason, false), command, time);
    take(decision);
    return decision.answer();
  }

  /** What is due by then is done. */
  void pass(long time) {
    catchUp(time);
    while (next(time) != null) {
      fire(time);
    }
  }

  /**
   * What was due some time before is done, when it was due; what was due just before is not yet.
   */
  void catchUp(long time) {
    for (TimerKey next = next(time - TOGETHER_MS); next != null; next = next(time - TOGETHER_MS)) {
      fire(Math.max(next.due(), head.time()));
    }
  }

  /** Who waits is looked at, where something happened that nobody decided on here. */
  void settle() {
    openings.wake(state, head.time());
    pass(head.time());
  }

  /** Something happens that nobody decides on here; those who wait are not looked at yet. */
  void emit(long time, Event event) {
    EventHeader header = new EventHeader(head.sequence() + 1, Math.max(time, head.time()));
    openings.note(state, header.time(), event);
    apply(header, event);
    head = new Head(header.sequence(), header.time(), 0);
    happened.accept(header, event);
  }

  /** Somebody waits no longer. */
  void leave(long time, long ticket, DequeueCause cause) {
    Waiter waiter = WaitingLine.waiter(state, ticket);
    emit(
        time,
        new Event.AllocationDequeued(ticket, waiter.request().owner(), waiter.commandId(), cause));
  }

  /** A tenure is over, if it is not already. */
  void release(long time, Grant grant, ReleaseCause cause) {
    Address address = state.addresses().get(grant.ip());
    Tenancy tenancy = address == null ? null : address.tenancy();
    if (address != null && tenancy != null && address.isHeldBy(grant.tenure())) {
      emit(
          time,
          new Event.EipReleaseRequested(
              grant.ip(), grant.tenure(), cause, null, 0, 0, "", tenancy.owner()));
    }
  }

  /** Whether the tenure is over and its address not known to be gone. */
  boolean isLeaving(Grant grant) {
    Address address = state.addresses().get(grant.ip());
    return address != null
        && (address.phase() == Phase.RELEASING || address.phase() == Phase.QUARANTINED)
        && address.tenure() == grant.tenure();
  }

  /** Whether the tenure is over and its address cools down. */
  boolean isResting(Grant grant) {
    Address address = state.addresses().get(grant.ip());
    return address != null
        && address.phase() == Phase.COOLING_DOWN
        && address.tenure() == grant.tenure();
  }

  /** The address of a released tenure is surely nowhere; false if it is not in that tenure. */
  boolean gone(long time, Grant grant) {
    boolean isLeaving = isLeaving(grant);
    Address address = state.addresses().get(grant.ip());
    if (isLeaving && address != null) {
      Tenancy tenancy = address.tenancy();
      if (tenancy != null && tenancy.terms().adopted()) {
        emit(time, new Event.IpReserved(grant.ip(), address.pool(), "adopted"));
      } else {
        rest(time, grant.ip());
      }
    }
    return isLeaving;
  }

  /** The address cools down for as long as its pool says now. */
  void rest(long time, IpAddress ip) {
    Address address = state.addresses().get(ip);
    Pool pool = address == null ? null : state.pools().get(address.pool());
    if (address == null || pool == null) {
      return;
    }
    PoolSpec spec = pool.spec();
    long rest = Math.max(spec.cooldownMs(), spec.crossTenantCooldownMs());
    boolean isTenantsFirst = rest > spec.cooldownMs() && address.former() != null;
    emit(
        time,
        new Event.EipCooldownStarted(
            ip, address.tenure(), time + rest, isTenantsFirst ? time + spec.cooldownMs() : 0));
    if (rest == 0) {
      emit(time, new Event.EipFreed(ip, address.tenure()));
    }
  }

  private @Nullable TimerKey next(long time) {
    return state.timers().firstKey(TimerKey.FIRST, TimerKey.after(time));
  }

  private void fire(long time) {
    take(decider.timers(state, head, time, time, TIMERS));
  }

  private void take(Decision<?> decision) {
    decision.changes().apply();
    head = decision.head();
    decision
        .events()
        .forEach(e -> {
          noteGone(e.header(), e.event());
          happened.accept(e.header(), e.event());
        });
  }

  private void apply(EventHeader header, Event event) {
    Event kept = Bare.event(event);
    if (kept != null) {
      noteGone(header, kept);
      Evolver.apply(state, header, kept);
    }
  }

  private void noteGone(EventHeader header, Event event) {
    Grant gone = withdrawnBy(event);
    if (gone != null) {
      goneAt.put(gone.ip(), header.time());
    }
  }

  private @Nullable Grant grant(IpAddress ip) {
    Address address = state.addresses().get(ip);
    return address == null ? null : new Grant(ip, address.tenure(), address.pool());
  }
}
