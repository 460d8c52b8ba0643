package io.holdfast.domain.decide;

import io.holdfast.domain.event.Choice.Why;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.LastHeldKey;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.RunKey;
import io.holdfast.domain.state.RunLengthKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TenantReusableKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which free address of a pool comes next. Logarithmic in the pool's size, whatever its fill. */
final class Picker {
  /** So often a drawn address may be taken before the next free one beside it is. */
  private static final int DRAWS = 4;

  /** So many addresses whose deadline has passed are freed at once for a block to be found. */
  private static final int MOST_DUE = 1_000;

  private Picker() {}

  /** One address and why. */
  record Pick(IpAddress ip, Why why) {}

  /** The next address of the pool for this owner; null: there is none. */
  static @Nullable Pick next(Draft draft, String name, Owner owner) {
    Pool pool = PoolDecisions.pool(draft.state(), name);
    PoolSpec spec = pool.spec();
    Pick first = null;
    if (spec.policy() == PoolPolicy.STICKY) {
      first = heldLast(draft.state(), name, owner);
    }
    if (first == null && spec.crossTenantCooldownMs() > 0) {
      first = ofTenant(draft, name, owner.tenant());
    }
    if (first == null && spec.policy().keepsRuns()) {
      first = fromRuns(draft, name, pool);
    }
    return first == null ? longestUnused(draft, name) : first;
  }

  /**
   * {@code count} adjacent addresses, the first of them; null: there are none. Only for pools that
   * keep runs.
   */
  static @Nullable Pick block(Draft draft, String name, int count) {
    IpAddress first = shortest(draft.state(), name, count);
    if (first == null) {
      freeDue(draft, name);
      first = shortest(draft.state(), name, count);
    }
    return first == null ? null : new Pick(first, Why.BEST_FIT);
  }

  /** The longest unused address that has cooled down; else a never-used one. */
  private static @Nullable Pick longestUnused(Draft draft, String name) {
    State state = draft.state();
    while (true) {
      ReusableKey oldest =
          state.reusable().firstKey(ReusableKey.first(name), ReusableKey.last(name));
      if (oldest == null || oldest.freeAt() > draft.now()) {
        IpAddress unused = PoolDecisions.use(state, name).cursor();
        return unused == null ? null : new Pick(unused, Why.NEVER_USED);
      }
      Address address = ReleaseDecisions.address(state, oldest.ip());
      if (address.phase() == Phase.FREE) {
        return new Pick(oldest.ip(), Why.LEAST_RECENTLY_USED);
      }
      // Its deadline has passed but its timer has not fired yet. Freeing it may also take it out of
      // a cut pool.
      draft.free(oldest.ip(), address);
    }
  }

  private static @Nullable Pick heldLast(State state, String name, Owner owner) {
    List<IpAddress> found = new ArrayList<>(1);
    state
        .lastHeld()
        .scan(
            LastHeldKey.first(owner),
            LastHeldKey.last(owner),
            (key, mark) -> {
              if (ReleaseDecisions.address(state, key.ip()).pool().equals(name)) {
                found.add(key.ip());
              }
              return found.isEmpty();
            });
    return found.isEmpty() ? null : new Pick(found.getFirst(), Why.HAD_IT_LAST);
  }

  /** Still cooling down for others, but not for the tenant that had it last. */
  private static @Nullable Pick ofTenant(Draft draft, String name, String tenant) {
    TenantReusableKey key =
        draft
            .state()
            .tenantReusable()
            .firstKey(
                TenantReusableKey.first(name, tenant),
                TenantReusableKey.after(name, tenant, draft.now()));
    if (key == null) {
      return null;
    }
    draft.free(key.ip(), ReleaseDecisions.address(draft.state(), key.ip()));
    return new Pick(key.ip(), Why.SAME_TENANT);
  }

  private static @Nullable Pick fromRuns(Draft draft, String name, Pool pool) {
    State state = draft.state();
    return switch (pool.spec().policy()) {
      case FIRST_FREE -> pick(free(state, name, null), Why.LOWEST);
      case RANDOM -> pick(drawn(draft, name, pool), Why.RANDOM);
      case BEST_FIT -> pick(shortest(state, name, 1), Why.BEST_FIT);
      case LEAST_RECENTLY_USED, STICKY, UNKNOWN -> null;
    };
  }

  private static @Nullable Pick pick(@Nullable IpAddress ip, Why why) {
    return ip == null ? null : new Pick(ip, why);
  }

  /** A free address that is drawn is taken; after some that are not, the next free one. */
  private static @Nullable IpAddress drawn(Draft draft, String name, Pool pool) {
    BigInteger size = pool.allocatable().size();
    IpAddress next = null;
    for (int i = 0; i < DRAWS; i++) {
      IpAddress drawn = pool.allocatable().member(dice(draft.seed(), i).mod(size));
      next = free(draft.state(), name, drawn);
      if (drawn.equals(next)) {
        return next;
      }
    }
    return next == null ? free(draft.state(), name, null) : next;
  }

  /** 126 bits that look random and are the same for the same log: replays and trials agree. */
  private static BigInteger dice(long seed, int draw) {
    long high = mixed(seed + 2L * draw);
    long low = mixed(high ^ seed);
    return BigInteger.valueOf(high >>> 1).shiftLeft(63).or(BigInteger.valueOf(low >>> 1));
  }

  /**
   * The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit of it depends on every bit.
   */
  private static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The least free address that is not below {@code from}; null: there is none. */
  private static @Nullable IpAddress free(State state, String name, @Nullable IpAddress from) {
    RunKey start = from == null ? RunKey.first(name) : new RunKey(name, from);
    RunKey run = state.runs().firstKey(start, RunKey.last(name));
    IpAddress first = run == null ? null : state.runs().get(run);
    return first == null || from == null || first.compareTo(from) > 0 ? first : from;
  }

  private static @Nullable IpAddress shortest(State state, String name, int count) {
    RunLengthKey run =
        state.runLengths().firstKey(RunLengthKey.from(name, count), RunLengthKey.last(name));
    return run == null ? null : run.first();
  }

  /** Frees addresses whose deadline has passed and whose timers have not fired yet. */
  private static void freeDue(Draft draft, String name) {
    List<IpAddress> due = new ArrayList<>();
    State state = draft.state();
    state
        .reusable()
        .scan(
            ReusableKey.first(name),
            ReusableKey.after(name, draft.now()),
            (key, mark) -> {
              if (ReleaseDecisions.address(state, key.ip()).phase() == Phase.COOLING_DOWN) {
                due.add(key.ip());
              }
              return due.size() < MOST_DUE;
            });
    due.forEach(ip -> draft.free(ip, ReleaseDecisions.address(state, ip)));
  }
}
