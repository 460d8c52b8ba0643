package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.OwnerCheckPolicy;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.AddressRecords;
import io.holdfast.domain.state.PoolOverlap;
import io.holdfast.domain.state.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DefinePool, ResizePool, RemovePool. */
final class PoolDecisions {
  private PoolDecisions() {}

  static Verdict define(Draft draft, Command.DefinePool c) {
    PoolSpec spec =
        new PoolSpec(
            c.family(),
            c.ranges(),
            c.exclusions(),
            c.subnet(),
            c.gatewayAddress(),
            c.cooldownMs(),
            c.labels(),
            c.ownerCheck() == null ? OwnerCheckPolicy.DEFAULT : c.ownerCheck(),
            c.policy(),
            c.crossTenantCooldownMs(),
            c.priority(),
            c.optIn(),
            c.leaseMs(),
            c.probationMs());
    Refusal refusal =
        Check.first(
            Check.name("pool", c.pool()), PoolChecks.settings(spec), PoolChecks.addresses(spec));
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    Pool existing = draft.state().pools().get(c.pool());
    if (existing != null) {
      return change(draft, c.pool(), existing.spec(), spec);
    }
    Refusal overlap = overlap(draft.state(), c.pool(), spec.allocatable());
    if (overlap != null) {
      return Verdict.refused(overlap);
    }
    draft.emit(new Event.PoolDefined(c.pool(), spec));
    draft.opened(c.pool());
    return Verdict.DONE;
  }

  private static Verdict change(Draft draft, String name, PoolSpec old, PoolSpec spec) {
    if (!old.isOverTheSame(spec)) {
      return Verdict.refused(
          RefusalCode.InUse,
          "pool " + name + " exists and covers something else: resize it, or choose another name");
    }
    if (!old.equals(spec)) {
      draft.emit(new Event.PoolChanged(name, spec));
      draft.opened(name);
    }
    return Verdict.DONE;
  }

  static Verdict resize(Draft draft, Command.ResizePool c) {
    Pool pool = draft.state().pools().get(c.pool());
    if (pool == null) {
      return Verdict.refused(unknown(c.pool()));
    }
    if (c.mode() == ResizeMode.UNKNOWN) {
      return Verdict.refused(Refusal.invalid("mode", c.mode(), "REJECT, RETAIN or DRAIN"));
    }
    PoolSpec old = pool.spec();
    PoolSpec spec = old.over(c.ranges(), c.exclusions(), c.subnet(), c.gatewayAddress());
    boolean drains = c.mode() == ResizeMode.DRAIN;
    Refusal refusal =
        Check.first(
            drains ? Check.range("drainMs", c.drainMs(), 0, RequestChecks.MAX_LEASE_MS) : null,
            PoolChecks.addresses(spec));
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    AddressSet now = spec.allocatable();
    PoolCut cut = PoolCut.of(draft.state(), c.pool(), pool, now);
    if (spec.equals(old) && !drains) {
      return Verdict.details(cut.details(false));
    }
    Refusal overlap = overlap(draft.state(), c.pool(), now.minus(pool.allocatable()));
    if (overlap != null) {
      return Verdict.refused(overlap);
    }
    if (c.mode() == ResizeMode.REJECT) {
      Refusal refused = cutsLiveTenure(draft.state(), c.pool(), pool.allocatable().minus(now));
      if (refused != null) {
        return Verdict.refused(refused);
      }
    }
    if (!spec.equals(old)) {
      draft.emit(new Event.PoolResized(c.pool(), spec));
      draft.opened(c.pool());
    }
    if (drains) {
      long last = draft.now() + c.drainMs();
      cut.held().forEach(ip -> LeaseDecisions.drain(draft, ip, last));
    }
    return Verdict.details(cut.details(drains));
  }

  static Verdict remove(Draft draft, Command.RemovePool c) {
    PoolUse use = draft.state().poolUse().get(c.pool());
    if (use == null) {
      return Verdict.refused(unknown(c.pool()));
    }
    if (use.used() > 0) {
      return Verdict.refused(
          Refusal.of(
                  RefusalCode.InUse,
                  "pool "
                      + c.pool()
                      + " still has addresses that are not free; release them and let them cool down")
              .with("allocated", use.allocated())
              .with("releasing", use.releasing())
              .with("coolingDown", use.coolingDown())
              .with("quarantined", use.quarantined())
              .with("reserved", use.reserved())
              .with("pool", c.pool()));
    }
    draft.emit(new Event.PoolRemoved(c.pool()));
    return Verdict.DONE;
  }

  static Pool pool(State state, String name) {
    Pool pool = state.pools().get(name);
    if (pool == null) {
      throw new IllegalStateException("pool " + name + " has no record");
    }
    return pool;
  }

  static PoolUse use(State state, String pool) {
    PoolUse use = state.poolUse().get(pool);
    if (use == null) {
      throw new IllegalStateException("pool " + pool + " has no counters");
    }
    return use;
  }

  static Refusal unknown(String pool) {
    return Refusal.of(RefusalCode.PoolUnknown, "there is no pool " + pool + " in this network")
        .with("pool", pool);
  }

  private static @Nullable Refusal overlap(State state, String name, AddressSet added) {
    PoolOverlap overlap = PoolOverlap.find(state, name, added);
    if (overlap == null) {
      return null;
    }
    String other = overlap.pool();
    return Refusal.of(
            RefusalCode.PoolOverlap,
            overlap.isOffered()
                ? "pool " + other + " already offers " + overlap.range()
                : overlap.first() + " is still in use by pool " + other)
        .with("pool", other);
  }

  private static @Nullable Refusal cutsLiveTenure(State state, String name, AddressSet cut) {
    List<IpAddress> inUse = new ArrayList<>();
    var _ =
        AddressRecords.scan(
            state,
            cut,
            (ip, address) -> {
              if (address.pool().equals(name) && address.phase() != Phase.FREE) {
                inUse.add(ip);
              }
              return true;
            });
    return inUse.isEmpty()
        ? null
        : Refusal.of(
                RefusalCode.InUse,
                inUse.size()
                    + " addresses in use would fall outside, for example "
                    + inUse.getFirst()
                    + "; release them, or resize with mode RETAIN or DRAIN")
            .with("inUse", inUse.size())
            .with("pool", name);
  }
}
