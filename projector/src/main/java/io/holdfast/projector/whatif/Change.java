package io.holdfast.projector.whatif;

import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.model.PoolSpec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The other configuration.
 *
 * @param cooldowns of pools, milliseconds
 * @param policies of pools
 * @param quotas by tenant; empty: no limit
 */
public record Change(
    OfPools<Long> cooldowns, OfPools<PoolPolicy> policies, Map<String, Optional<Long>> quotas) {
  /** The longest cool-down that DefinePool takes, milliseconds. */
  public static final long MAX_COOLDOWN_MS = 30L * 24 * 3600 * 1000;

  public static final Change NONE = new Change(OfPools.none(), OfPools.none(), Map.of());

  /**
   * A setting of all pools, or of some.
   *
   * @param all of every pool that is not named; null: as recorded
   */
  public record OfPools<T>(@Nullable T all, Map<String, T> byPool) {
    public OfPools {
      byPool = new TreeMap<>(byPool);
    }

    /** As recorded. */
    public static <T> OfPools<T> none() {
      return new OfPools<>(null, Map.of());
    }

    T of(String pool, T recorded) {
      T own = byPool.getOrDefault(pool, all);
      return own == null ? recorded : own;
    }
  }

  public Change {
    quotas = new TreeMap<>(quotas);
  }

  /**
   * @throws IllegalArgumentException if it names a pool that is not among these
   */
  void requireAmong(Set<String> pools) {
    requireAmong("cool-down", cooldowns.byPool().keySet(), pools);
    requireAmong("policy", policies.byPool().keySet(), pools);
  }

  private static void requireAmong(String what, Set<String> named, Set<String> pools) {
    for (String name : named) {
      if (!pools.contains(name)) {
        throw new IllegalArgumentException(
            "the "
                + what
                + " of pool '"
                + name
                + "' changes nothing: "
                + (pools.isEmpty()
                    ? "there was no pool at all in that time"
                    : "in that time there were only " + String.join(", ", pools)));
      }
    }
  }

  /** A pool's definition as it would have been. */
  PoolSpec applied(String pool, PoolSpec spec) {
    return spec.with(cooldowns.of(pool, spec.cooldownMs()), policies.of(pool, spec.policy()));
  }
}
