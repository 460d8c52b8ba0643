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
import io.holdfast.domain.net.IpRange;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
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
      return unknown(c.pool());
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
      return unknown(c.pool());
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
              .with("reserved", use.reserved()));
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

  private static Verdict unknown(String pool) {
    return Verdict.refused(
        RefusalCode.PoolUnknown, "there is no pool " + pool + " in this network");
  }

  /** Another pool offers, or still has in use, an address of what is to be added. */
  private static @Nullable Refusal overlap(State state, String name, AddressSet added) {
    AtomicReference<@Nullable Refusal> found = new AtomicReference<>();
    state
        .pools()
        .scan(
            "",
            TableId.LAST_NAME,
            (other, pool) -> {
              AddressSet common = pool.allocatable().intersect(added);
              if (!common.isEmpty()) {
                found.set(
                    Refusal.of(
                            RefusalCode.PoolOverlap,
                            "pool " + other + " already offers " + common.ranges().getFirst())
                        .with("pool", other));
              }
              return common.isEmpty();
            });
    Refusal refusal = found.get();
    return refusal != null
        ? refusal
        : firstRecord(
            state,
            added,
            (ip, pool, phase) ->
                pool.equals(name)
                    ? null
                    : Refusal.of(RefusalCode.PoolOverlap, ip + " is still in use by pool " + pool)
                        .with("pool", pool));
  }

  private static @Nullable Refusal cutsLiveTenure(State state, String name, AddressSet cut) {
    AtomicLong count = new AtomicLong();
    AtomicReference<@Nullable IpAddress> example = new AtomicReference<>();
    firstRecord(
        state,
        cut,
        (ip, pool, phase) -> {
          if (pool.equals(name) && phase != Phase.FREE) {
            count.incrementAndGet();
            example.compareAndSet(null, ip);
          }
          return null;
        });
    return count.get() == 0
        ? null
        : Refusal.of(
                RefusalCode.InUse,
                count.get()
                    + " addresses in use would fall outside, for example "
                    + example.get()
                    + "; release them, or resize with mode RETAIN or DRAIN")
            .with("inUse", count.get());
  }

  private static @Nullable Refusal firstRecord(State state, AddressSet set, RecordCheck check) {
    AtomicReference<@Nullable Refusal> found = new AtomicReference<>();
    for (IpRange range : set.ranges()) {
      state
          .addresses()
          .scan(
              range.first(),
              range.last(),
              (ip, address) -> {
                found.set(check.of(ip, address.pool(), address.phase()));
                return found.get() == null;
              });
      var last = state.addresses().get(range.last());
      if (found.get() == null && last != null) {
        found.set(check.of(range.last(), last.pool(), last.phase()));
      }
      if (found.get() != null) {
        break;
      }
    }
    return found.get();
  }

  private interface RecordCheck {
    @Nullable Refusal of(IpAddress ip, String pool, Phase phase);
  }
}
