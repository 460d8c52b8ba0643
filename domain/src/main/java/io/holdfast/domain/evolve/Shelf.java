package io.holdfast.domain.evolve;

import static io.holdfast.domain.evolve.Evolver.existing;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Conflict;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.LastHeldKey;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TenantReusableKey;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one place that knows what follows from an address's going from one phase to another: the
 * counters of its pool, the indexes of what can be handed out, now or later, and its tenant's
 * quota.
 */
final class Shelf {
  private Shelf() {}

  /**
   * Writes an address and all that follows from it.
   *
   * @param before its record, null: it was never used
   */
  static void put(State state, IpAddress ip, @Nullable Address before, Address after) {
    String name = after.pool();
    Pool pool = existing(state.pools().get(name), name);
    state.addresses().put(ip, after);
    Phase from = before == null ? Phase.FREE : before.phase();
    if (from != after.phase()) {
      PoolUse use = existing(state.poolUse().get(name), name);
      PoolUse counted = use.count(from, -1).count(after.phase(), 1);
      state
          .poolUse()
          .put(name, before == null ? PoolEvolution.movedPast(state, name, counted, ip) : counted);
    }
    boolean isOffered = pool.covers(ip);
    if (isOffered && pool.spec().policy().keepsRuns()) {
      if (from == Phase.FREE && after.phase() != Phase.FREE) {
        Runs.take(state, name, ip);
      } else if (from != Phase.FREE && after.phase() == Phase.FREE) {
        Runs.give(state, name, ip);
      }
    }
    index(state, ip, isOffered ? before : null, isOffered ? after : null);
    timer(state, ip, before, after);
    LeaseTimers.follow(state, ip, before, after);
    Quotas.moved(state, before, after);
  }

  /** An address that its pool does not cover any more leaves the books: it was free just now. */
  static void forget(State state, IpAddress ip, Address before) {
    String name = before.pool();
    state.addresses().remove(ip);
    PoolUse use = existing(state.poolUse().get(name), name);
    state.poolUse().put(name, use.count(before.phase(), -1).countRetained(-1));
    timer(state, ip, before, null);
    Quotas.moved(state, before, null);
  }

  /** Keeps the indexes of what can be handed out in step with an address that its pool covers. */
  static void index(State state, IpAddress ip, @Nullable Address before, @Nullable Address after) {
    ReusableKey old = reusable(ip, before);
    ReusableKey now = reusable(ip, after);
    if (!Objects.equals(old, now)) {
      if (old != null) {
        state.reusable().remove(old);
      }
      if (now != null) {
        state.reusable().put(now, Mark.SET);
      }
    }
    TenantReusableKey early = early(ip, before);
    if (early != null) {
      state.tenantReusable().remove(early);
    }
    TenantReusableKey earlier = early(ip, after);
    if (earlier != null) {
      state.tenantReusable().put(earlier, Mark.SET);
    }
    LastHeldKey held = lastHeld(ip, before);
    if (held != null) {
      state.lastHeld().remove(held);
    }
    LastHeldKey holds = lastHeld(ip, after);
    if (holds != null) {
      state.lastHeld().put(holds, Mark.SET);
    }
  }

  private static @Nullable ReusableKey reusable(IpAddress ip, @Nullable Address a) {
    return a != null && (a.phase() == Phase.COOLING_DOWN || a.phase() == Phase.FREE)
        ? new ReusableKey(a.pool(), a.freeAt(), ip)
        : null;
  }

  private static @Nullable TenantReusableKey early(IpAddress ip, @Nullable Address a) {
    return a != null
            && a.phase() == Phase.COOLING_DOWN
            && a.tenantFreeAt() != 0
            && a.former() != null
        ? new TenantReusableKey(a.pool(), a.former().owner().tenant(), a.tenantFreeAt(), ip)
        : null;
  }

  private static @Nullable LastHeldKey lastHeld(IpAddress ip, @Nullable Address a) {
    return a != null && a.phase() == Phase.FREE && a.former() != null
        ? new LastHeldKey(a.former().owner(), ip)
        : null;
  }

  private static void timer(
      State state, IpAddress ip, @Nullable Address before, @Nullable Address after) {
    replace(state, deadline(ip, before), deadline(ip, after));
    replace(state, tenantsDeadline(ip, before), tenantsDeadline(ip, after));
  }

  private static void replace(State state, @Nullable TimerKey old, @Nullable TimerKey now) {
    if (!Objects.equals(old, now)) {
      if (old != null) {
        state.timers().remove(old);
      }
      if (now != null) {
        state.timers().put(now, Mark.SET);
      }
    }
  }

  /** When its last tenant may have it again, and may be waiting for it. */
  private static @Nullable TimerKey tenantsDeadline(IpAddress ip, @Nullable Address a) {
    return a != null && a.phase() == Phase.COOLING_DOWN && a.tenantFreeAt() != 0
        ? new TimerKey(a.tenantFreeAt(), TimerKind.COOLDOWN, ip.toString(), "")
        : null;
  }

  private static @Nullable TimerKey deadline(IpAddress ip, @Nullable Address a) {
    if (a != null && a.phase() == Phase.COOLING_DOWN) {
      return new TimerKey(a.freeAt(), TimerKind.COOLDOWN, ip.toString(), "");
    }
    long probation = a == null ? 0 : probation(a);
    return probation == 0 || probation == Address.NEVER
        ? null
        : new TimerKey(probation, TimerKind.PROBATION, ip.toString(), "");
  }

  private static long probation(Address a) {
    if (a.phase() == Phase.QUARANTINED) {
      return a.freeAt();
    }
    Conflict conflict = a.tenancy() == null ? null : a.tenancy().terms().conflict();
    return conflict == null ? 0 : conflict.until();
  }
}
