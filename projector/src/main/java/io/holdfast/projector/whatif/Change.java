package io.holdfast.projector.whatif;

import io.holdfast.domain.model.PoolSpec;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The other configuration.
 *
 * @param cooldownMs of every pool that is not named, milliseconds; null: as recorded
 * @param ofPool cool-downs of single pools, milliseconds
 */
public record Change(@Nullable Long cooldownMs, Map<String, Long> ofPool) {
  /** The longest cool-down that DefinePool takes, milliseconds. */
  public static final long MAX_COOLDOWN_MS = 30L * 24 * 3600 * 1000;

  public static final Change NONE = new Change(null, Map.of());

  public Change {
    ofPool = new TreeMap<>(ofPool);
  }

  /**
   * @throws IllegalArgumentException if it names a pool that is not among these
   */
  void requireAmong(Set<String> pools) {
    for (String named : ofPool.keySet()) {
      if (!pools.contains(named)) {
        throw new IllegalArgumentException(
            "the cool-down of pool '"
                + named
                + "' changes nothing: "
                + (pools.isEmpty()
                    ? "there was no pool at all in that time"
                    : "in that time there were only " + String.join(", ", pools)));
      }
    }
  }

  /** A pool's definition as it would have been. */
  PoolSpec applied(String pool, PoolSpec spec) {
    Long cooldown = ofPool.getOrDefault(pool, cooldownMs);
    return cooldown == null
        ? spec
        : new PoolSpec(
            spec.family(),
            spec.ranges(),
            spec.exclusions(),
            spec.subnet(),
            spec.gatewayAddress(),
            cooldown,
            spec.labels(),
            spec.ownerCheck());
  }
}
