package io.holdfast.domain.evolve;

import static io.holdfast.domain.evolve.Evolver.existing;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Former;
import io.holdfast.domain.model.Holding;
import io.holdfast.domain.model.Lease;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.OwnerDoubt;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.model.Seen;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.model.Terms;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.ResidentKey;
import io.holdfast.domain.state.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What events make of addresses. */
final class EipEvolution {
  private EipEvolution() {}

  static void allocated(State state, EventHeader header, Event.EipAllocated e) {
    Lease lease = Lease.of(e.leaseMs(), header.time(), e.leaseUntil(), 0);
    Terms terms = Terms.NONE.revised(header.sequence()).with(lease).with(e.tags());
    Tenancy tenancy = Tenancy.begun(e.tenure(), e.owner(), e.node(), header.time(), terms);
    Shelf.put(state, e.ip(), state.addresses().get(e.ip()), Address.held(e.pool(), tenancy));
    hold(state, e.ip(), e.owner(), e.node());
  }

  static void rebound(State state, Event.EipRebound e) {
    Address address = address(state, e.ip());
    Tenancy tenancy = tenancy(address, e.ip());
    if (tenancy.node() != null) {
      state.residents().remove(new ResidentKey(tenancy.node().node(), e.ip()));
    }
    state.addresses().put(e.ip(), address.with(tenancy.withNode(e.node())));
    state.residents().put(new ResidentKey(e.node().node(), e.ip()), Mark.SET);
  }

  static void attached(State state, EventHeader header, Event.EipAttached e) {
    Address address = address(state, e.ip());
    Carriage old = address.on(e.gateway());
    Carriage wanted =
        old == null
            ? Carriage.wanted(e.gateway(), e.prefixLength(), header.sequence(), e.epoch())
            : old.changed(header.sequence());
    put(
        state,
        e.ip(),
        address.with(tenancy(address, e.ip()).withGateway(e.gateway()).revised(header.sequence())),
        wanted);
    RuleEvolution.follow(state, header, e.ip(), e.gateway(), e.epoch());
    GatewayEvolution.revised(state, e.gateway(), header.sequence());
  }

  static void detached(State state, EventHeader header, Event.EipDetached e) {
    Address address = address(state, e.ip());
    Carriage carriage = existing(address.on(e.gateway()), e.ip() + " on " + e.gateway());
    put(
        state,
        e.ip(),
        address.with(tenancy(address, e.ip()).withGateway(null).revised(header.sequence())),
        carriage.withdrawnAt(header.sequence(), e.epoch()));
    GatewayEvolution.revised(state, e.gateway(), header.sequence());
  }

  static void releaseRequested(State state, EventHeader header, Event.EipReleaseRequested e) {
    Address address = address(state, e.ip());
    Tenancy tenancy = tenancy(address, e.ip());
    letGo(state, e.ip(), tenancy);
    Address releasing =
        address.with(tenancy.revised(header.sequence())).releasing(e.owner() != null);
    if (e.gateway() == null) {
      Shelf.put(state, e.ip(), address, releasing);
    } else {
      Carriage carriage =
          existing(address.on(e.gateway()), e.ip() + " on " + e.gateway())
              .withdrawnAt(header.sequence(), e.epoch());
      Shelf.put(state, e.ip(), address, releasing.carriage(e.gateway(), carriage));
      index(state, carriage, e.ip(), "");
      GatewayEvolution.revised(state, e.gateway(), header.sequence());
    }
  }

  /** The holder of a tenure does not hold it any more. */
  static void letGo(State state, IpAddress ip, Tenancy ended) {
    Holding left = existing(state.owners().get(ended.owner()), ended.owner()).minus(ip);
    if (left.addresses().isEmpty()) {
      state.owners().remove(ended.owner());
    } else {
      state.owners().put(ended.owner(), left);
    }
    if (ended.node() != null) {
      state.residents().remove(new ResidentKey(ended.node().node(), ip));
    }
  }

  static void restored(State state, EventHeader header, Event.EipRestored e) {
    Address address = address(state, e.ip());
    Former former = address.former();
    Tenancy ended = address.tenancy();
    Terms terms =
        Terms.NONE
            .revised(header.sequence())
            .with(Lease.of(e.leaseMs(), header.time(), e.leaseUntil(), 0))
            .seen(ended == null ? null : ended.terms().conflict());
    if (former != null) {
      terms = (former.adopted() ? terms.ofAdopted() : terms).with(former.tags());
    }
    Tenancy tenancy = Tenancy.begun(e.tenure(), e.owner(), e.node(), header.time(), terms);
    Shelf.put(state, e.ip(), address, address.restored(tenancy));
    RuleEvolution.restored(state, e.ip(), e.tenure());
    hold(state, e.ip(), e.owner(), e.node());
  }

  static void hold(State state, IpAddress ip, Owner owner, @Nullable NodeBinding node) {
    Holding held = state.owners().get(owner);
    state.owners().put(owner, held == null ? new Holding(List.of(ip)) : held.plus(ip));
    if (node != null) {
      state.residents().put(new ResidentKey(node.node(), ip), Mark.SET);
    }
  }

  static void withdrawn(State state, EventHeader header, Event.EipWithdrawn e) {
    Address left = address(state, e.ip()).carriage(e.gateway(), null);
    state.carried().remove(new CarriedKey(e.gateway(), false, e.ip(), ""));
    state.addresses().put(e.ip(), left);
    for (Carriage other : left.carriages()) {
      // A gateway that the address is moving to may be given it now.
      GatewayEvolution.revised(state, other.gateway(), header.sequence());
    }
  }

  static void cooldownStarted(State state, Event.EipCooldownStarted e) {
    Address address = address(state, e.ip());
    Shelf.put(state, e.ip(), address, address.coolingDown(e.freeAt(), e.tenantFreeAt()));
  }

  static void freed(State state, EventHeader header, Event.EipFreed e) {
    Address address = address(state, e.ip());
    if (address.former() != null) {
      RuleEvolution.forget(state, e.ip());
    }
    Pool pool = existing(state.pools().get(address.pool()), address.pool());
    if (pool.covers(e.ip())) {
      // Freed early, it is for its last holder's tenant only, who is given it in the next event.
      boolean isEarly = header.time() < address.freeAt();
      boolean isKept = isEarly || pool.spec().policy() == PoolPolicy.STICKY;
      Shelf.put(state, e.ip(), address, address.free(isKept));
    } else {
      // The pool was cut while the address was in use: it leaves the pool's books with its last
      // tenure.
      Shelf.forget(state, e.ip(), address);
    }
  }

  static void programmed(State state, Event.EipProgrammed e) {
    seen(state, e.ip(), e.gateway(), new Seen(e.epoch(), e.revision(), e.observation(), true));
  }

  static void unprogrammed(State state, Event.EipUnprogrammed e) {
    seen(state, e.ip(), e.gateway(), new Seen(e.epoch(), e.revision(), e.observation(), false));
  }

  static void cleared(State state, Event.EipCleared e) {
    Address address = address(state, e.ip());
    Carriage carriage = existing(address.on(e.gateway()), e.ip() + " on " + e.gateway());
    state.addresses().put(e.ip(), address.carriage(e.gateway(), carriage.clearedUpTo(e.epoch())));
  }

  static void ownerUnknown(State state, EventHeader header, Event.OwnerUnknown e) {
    Address address = address(state, e.ip());
    Tenancy tenancy = tenancy(address, e.ip());
    OwnerDoubt before = tenancy.doubt();
    long since = before == null ? header.time() : before.since();
    OwnerDoubt doubt = new OwnerDoubt(e.attempt(), 0, since, 0, e.nextCheckAt(), e.detail());
    state.addresses().put(e.ip(), address.with(tenancy.withDoubt(doubt)));
  }

  static void ownerAbsent(State state, EventHeader header, Event.OwnerAbsent e) {
    Address address = address(state, e.ip());
    Tenancy tenancy = tenancy(address, e.ip());
    OwnerDoubt before = tenancy.doubt();
    long since = before == null ? header.time() : before.since();
    long firstAbsent =
        before == null || before.absent() == 0 ? header.time() : before.firstAbsentAt();
    OwnerDoubt doubt =
        new OwnerDoubt(0, e.count(), since, firstAbsent, e.nextCheckAt(), e.detail());
    state.addresses().put(e.ip(), address.with(tenancy.withDoubt(doubt)));
  }

  static void ownerPresent(State state, Event.OwnerPresent e) {
    Address address = address(state, e.ip());
    state.addresses().put(e.ip(), address.with(tenancy(address, e.ip()).withDoubt(null)));
  }

  static Address address(State state, IpAddress ip) {
    return existing(state.addresses().get(ip), ip);
  }

  static Tenancy tenancy(Address address, IpAddress ip) {
    return existing(address.tenancy(), "the tenure of " + ip);
  }

  private static void seen(State state, IpAddress ip, String gateway, Seen seen) {
    Address address = address(state, ip);
    Carriage carriage = existing(address.on(gateway), ip + " on " + gateway);
    state.addresses().put(ip, address.carriage(gateway, carriage.seen(seen)));
  }

  private static void put(State state, IpAddress ip, Address address, Carriage carriage) {
    state.addresses().put(ip, address.carriage(carriage.gateway(), carriage));
    index(state, carriage, ip, "");
  }

  /** Keeps the index of carried items in step with a carriage. */
  static void index(State state, Carriage carriage, IpAddress ip, String rule) {
    state.carried().remove(new CarriedKey(carriage.gateway(), !carriage.wanted(), ip, rule));
    state.carried().put(new CarriedKey(carriage.gateway(), carriage.wanted(), ip, rule), Mark.SET);
  }
}
