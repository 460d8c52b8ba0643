package io.holdfast.projector.whatif;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Decider;
import io.holdfast.domain.decide.Decision;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.evolve.Evolver;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.MemoryState;
import io.holdfast.domain.state.State;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network without gateways: the domain's state and decisions, and what is done to it from
 * outside.
 */
final class Network {
  private static final int TIMERS = 1_000;

  private final Decider decider = new Decider(Settings.DEFAULT);
  private final MemoryState state = new MemoryState();
  private final Map<IpAddress, Long> goneAt = new HashMap<>();
  private Head head = Head.START;

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

  /** Folds an event as it was recorded, without its gateways. */
  void fold(EventHeader header, Event event) {
    switch (event) {
      case Event.EipAllocated e ->
          apply(
              header,
              new Event.EipAllocated(
                  e.ip(), e.tenure(), e.pool(), e.owner(), null, e.choice(), 0, 0, e.tags()));
      case Event.EipRestored e ->
          apply(
              header,
              new Event.EipRestored(
                  e.ip(), e.tenure(), e.pool(), e.owner(), null, e.restores(), 0, 0));
      case Event.EipAdopted e ->
          apply(
              header,
              new Event.EipAdopted(e.ip(), e.tenure(), e.pool(), e.owner(), null, 0, 0, e.tags()));
      case Event.EipReleaseRequested e ->
          apply(
              header,
              new Event.EipReleaseRequested(
                  e.ip(), e.tenure(), e.cause(), null, 0, 0, e.evidence(), e.owner()));
      case Event.EipCooldownStarted e -> {
        goneAt.put(e.ip(), header.time());
        apply(header, e);
      }
      case Event.EipFreed _,
          Event.IpQuarantined _,
          Event.IpReserved _,
          Event.IpUnreserved _,
          Event.EipTransferred _,
          Event.PoolDefined _,
          Event.PoolResized _,
          Event.PoolChanged _,
          Event.QuotaSet _,
          Event.PoolRemoved _ ->
          apply(header, event);
      default -> {}
    }
    head = new Head(header.sequence(), header.time(), 0);
  }

  /** The domain decides. */
  Decision<Outcome> decide(long time, String id, String actor, Command command) {
    Decision<Outcome> decision =
        decider.command(state, head, new CommandMeta(id, actor, "", false), command, time);
    decision.changes().apply();
    head = decision.head();
    return decision;
  }

  /** What is due by then is done. */
  void pass(long time) {
    boolean more = true;
    while (more) {
      Decision<Integer> due = decider.timers(state, head, time, time, TIMERS);
      due.changes().apply();
      head = due.head();
      more = due.answer() == TIMERS;
    }
  }

  /** Something happens that nobody decides on here. */
  void emit(long time, Event event) {
    EventHeader header = new EventHeader(head.sequence() + 1, Math.max(time, head.time()));
    apply(header, event);
    head = new Head(header.sequence(), header.time(), 0);
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

  /** The address of a released tenure is surely nowhere; false if it is not in that tenure. */
  boolean gone(long time, Grant grant) {
    Address address = state.addresses().get(grant.ip());
    boolean released =
        address != null && address.phase() == Phase.RELEASING && address.tenure() == grant.tenure();
    if (released) {
      rest(time, grant.ip());
    }
    return released;
  }

  /** The address cools down for as long as its pool says now. */
  void rest(long time, IpAddress ip) {
    Address address = state.addresses().get(ip);
    if (address == null) {
      return;
    }
    Pool pool = state.pools().get(address.pool());
    long cooldown = pool == null ? 0 : pool.spec().cooldownMs();
    goneAt.put(ip, time);
    emit(time, new Event.EipCooldownStarted(ip, address.tenure(), time + cooldown, 0));
    if (cooldown == 0) {
      emit(time, new Event.EipFreed(ip, address.tenure()));
    }
  }

  private void apply(EventHeader header, Event event) {
    Evolver.apply(state, header, event);
  }
}
