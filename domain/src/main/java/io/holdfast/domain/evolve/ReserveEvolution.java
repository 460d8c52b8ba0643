package io.holdfast.domain.evolve;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Lease;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.model.Terms;
import io.holdfast.domain.state.State;
import org.jspecify.annotations.Nullable;

/** What events make of addresses that are taken out of the free set other than by an allocation. */
final class ReserveEvolution {
  private ReserveEvolution() {}

  static void reserved(State state, Event.IpReserved e) {
    Address before = state.addresses().get(e.ip());
    if (before != null && before.former() != null) {
      RuleEvolution.forget(state, e.ip());
    }
    Shelf.put(state, e.ip(), before, known(before, e.pool()).reserved());
  }

  static void unreserved(State state, EventHeader header, Event.IpUnreserved e) {
    Address address = EipEvolution.address(state, e.ip());
    Pool pool = Evolver.existing(state.pools().get(address.pool()), address.pool());
    if (pool.covers(e.ip())) {
      Shelf.put(state, e.ip(), address, address.unreserved(header.time()));
    } else {
      // The pool was cut meanwhile.
      Shelf.forget(state, e.ip(), address);
    }
  }

  static void quarantined(State state, Event.IpQuarantined e) {
    Address before = state.addresses().get(e.ip());
    Shelf.put(state, e.ip(), before, known(before, e.pool()).quarantined(e.until()));
  }

  static void adopted(State state, EventHeader header, Event.EipAdopted e) {
    Lease lease = Lease.of(e.leaseMs(), header.time(), e.leaseUntil(), 0);
    Terms terms = Terms.NONE.ofAdopted().revised(header.sequence()).with(lease).with(e.tags());
    Tenancy tenancy = Tenancy.begun(e.tenure(), e.owner(), e.node(), header.time(), terms);
    Address before = state.addresses().get(e.ip());
    if (before != null && before.former() != null) {
      RuleEvolution.forget(state, e.ip());
    }
    Shelf.put(state, e.ip(), before, Address.held(e.pool(), tenancy));
    EipEvolution.hold(state, e.ip(), e.owner(), e.node());
  }

  private static Address known(@Nullable Address before, String pool) {
    return before == null ? Address.unused(pool) : before;
  }
}
