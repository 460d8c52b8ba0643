package io.holdfast.projector.whatif;

import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.model.PoolSpec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

  /** A person reads them. */
  private static final int MOST_NAMES = 20;

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
   * @param pools that there were in the time that is asked about
   * @param tenants of whom the log knows
   * @throws IllegalArgumentException if it names any other
   */
  void requireAmong(Set<String> pools, Set<String> tenants) {
    requireAmong("cool-down", cooldowns.byPool().keySet(), pools);
    requireAmong("policy", policies.byPool().keySet(), pools);
    for (String tenant : quotas.keySet()) {
      if (!tenants.contains(tenant)) {
        throw new IllegalArgumentException(
            "the quota of tenant '"
                + tenant
                + "' changes nothing: it never asked for an address, had one or had a quota; "
                + (tenants.isEmpty() ? "no tenant ever did" : "who did: " + few(tenants)));
      }
    }
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
                    : "in that time there were only " + few(pools)));
      }
    }
  }

  private static String few(Set<String> names) {
    String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int more = names.size() - MOST_NAMES;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /** A pool's definition as it would have been. */
  PoolSpec applied(String pool, PoolSpec spec) {
    return spec.with(cooldowns.of(pool, spec.cooldownMs()), policies.of(pool, spec.policy()));
  }
}
