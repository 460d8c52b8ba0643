package io.holdfast.projector.replay;

import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts every address anew and compares with the counters that are kept. */
final class Census {

  private Census() {}

  private record Count(Map<Phase, Long> byPhase, long[] retained) {
    long of(Phase phase) {
      return byPhase.getOrDefault(phase, 0L);
    }
  }

  static @Nullable String check(State state) {
    Map<String, Count> counted = count(state);
    for (Map.Entry<String, Pool> e : pools(state).entrySet()) {
      String name = e.getKey();
      PoolUse use = state.poolUse().get(name);
      if (use == null) {
        return "10: pool " + name + " has no counters";
      }
      Count own = counted.getOrDefault(name, new Count(Map.of(), new long[1]));
      PoolUse now =
          new PoolUse(
              own.of(Phase.ALLOCATED),
              own.of(Phase.RELEASING),
              own.of(Phase.COOLING_DOWN),
              own.of(Phase.QUARANTINED),
              own.retained()[0],
              use.cursor(),
              own.of(Phase.RESERVED));
      if (!now.equals(use)) {
        return "10: pool " + name + " counts " + use + ", there are " + now;
      }
      if (use.free(e.getValue().allocatable().size()).signum() < 0) {
        return "10: pool " + name + " has less than no free addresses";
      }
    }
    return null;
  }

  private static Map<String, Pool> pools(State state) {
    Map<String, Pool> pools = new TreeMap<>();
    state.pools().scan("", TableId.LAST_NAME, (name, pool) -> pools.put(name, pool) == null);
    return pools;
  }

  private static Map<String, Count> count(State state) {
    Map<String, Count> counted = new HashMap<>();
    state
        .addresses()
        .scan(
            IpAddress.LOWEST,
            IpAddress.HIGHEST,
            (ip, address) -> {
              Count own =
                  counted.computeIfAbsent(
                      address.pool(), p -> new Count(new EnumMap<>(Phase.class), new long[1]));
              own.byPhase().merge(address.phase(), 1L, Long::sum);
              Pool pool = state.pools().get(address.pool());
              own.retained()[0] += pool != null && !pool.covers(ip) ? 1 : 0;
              return true;
            });
    return counted;
  }
}
