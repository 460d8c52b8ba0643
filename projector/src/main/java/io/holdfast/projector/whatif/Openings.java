package io.holdfast.projector.whatif;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import io.holdfast.domain.state.WaitingLine;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where those who wait are to be looked at again, because of what happened without a decision here:
 * pools that have more than before, and those of a tenant's waiters whose quota has other room. A
 * decision of the domain looks there itself.
 */
final class Openings {
  private final Set<String> pools = new TreeSet<>();
  private final Set<String> tenants = new TreeSet<>();

  /** Of what is about to happen. */
  void note(State state, long time, Event event) {
    switch (event) {
      case Event.PoolDefined e -> pools.add(e.pool());
      case Event.PoolResized e -> pools.add(e.pool());
      case Event.PoolChanged e -> pools.add(e.pool());
      case Event.QuotaSet e -> tenants.add(e.tenant());
      case Event.AllocationDequeued e -> open(state, e.ticket());
      case Event.EipReleaseRequested e -> {
        // Who has no quota lacks nothing more than before.
        if (e.owner() != null && state.quotas().get(e.owner().tenant()) != null) {
          tenants.add(e.owner().tenant());
        }
      }
      case Event.IpReserved e -> charged(state, e.ip());
      case Event.IpQuarantined e -> charged(state, e.ip());
      case Event.IpUnreserved e -> pools.add(e.pool());
      case Event.EipCooldownStarted e -> {
        Address before = state.addresses().get(e.ip());
        if (before != null && before.phase() == Phase.QUARANTINED) {
          charged(state, e.ip());
        }
        if (e.tenantFreeAt() != 0 && e.tenantFreeAt() <= time) {
          open(state, e.ip());
        }
      }
      case Event.EipFreed e -> {
        open(state, e.ip());
        charged(state, e.ip());
      }
      default -> {}
    }
  }

  /** They are looked at when the network's timers are next. */
  void wake(State state, long time) {
    tenants.forEach(tenant -> WaitingLine.ofTenant(state, tenant, ticket -> open(state, ticket)));
    pools.forEach(
        pool -> state.timers().put(new TimerKey(time, TimerKind.WAKE, pool, "0"), Mark.SET));
    tenants.clear();
    pools.clear();
  }

  /** The pools that a waiter waits for. */
  private void open(State state, long ticket) {
    pools.addAll(WaitingLine.pools(state, WaitingLine.waiter(state, ticket).request()));
  }

  private void open(State state, IpAddress ip) {
    Address address = state.addresses().get(ip);
    if (address != null) {
      pools.add(address.pool());
    }
  }

  /** The tenant that has the address, or had it last, is charged otherwise. */
  private void charged(State state, IpAddress ip) {
    Address address = state.addresses().get(ip);
    Owner owner = address == null ? null : owner(address);
    if (owner != null) {
      tenants.add(owner.tenant());
    }
  }

  private static @Nullable Owner owner(Address address) {
    if (address.tenancy() != null) {
      return address.tenancy().owner();
    }
    return address.former() == null ? null : address.former().owner();
  }
}
