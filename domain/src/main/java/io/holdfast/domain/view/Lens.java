package io.holdfast.domain.view;

import io.holdfast.domain.model.Drift;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One look at a state: remembers what many entries share, so that a page of addresses reads its
 * gateway and pool once. Valid as long as the state does not change; not thread-safe.
 */
public final class Lens {
  private final State state;
  private final Map<String, Optional<Gateway>> gateways = new HashMap<>();
  private final Map<String, Optional<Pool>> pools = new HashMap<>();
  private @Nullable List<String> drifting;

  public Lens(State state) {
    this.state = state;
  }

  public State state() {
    return state;
  }

  @Nullable Gateway gateway(String name) {
    return gateways
        .computeIfAbsent(name, n -> Optional.ofNullable(state.gateways().get(n)))
        .orElse(null);
  }

  @Nullable Pool pool(String name) {
    return pools.computeIfAbsent(name, n -> Optional.ofNullable(state.pools().get(n))).orElse(null);
  }

  /** Where gateways were seen with the address although they are not to carry it. */
  SequencedMap<DriftKey, Drift> drifts(IpAddress ip) {
    List<String> candidates = drifting;
    if (candidates == null) {
      candidates = drifting = drifting();
    }
    TreeMap<DriftKey, Drift> found = new TreeMap<>();
    for (String gateway : candidates) {
      state
          .drifts()
          .scan(
              DriftKey.first(gateway, ip),
              DriftKey.last(gateway, ip),
              (key, drift) -> {
                found.put(key, drift);
                return true;
              });
    }
    return found;
  }

  /** Gateways with any drift at all: mostly none. */
  private List<String> drifting() {
    List<String> names = new ArrayList<>();
    state.gateways().scan("", TableId.LAST_NAME, (name, gateway) -> names.add(name));
    names.removeIf(name -> !hasDrift(name));
    return names;
  }

  private boolean hasDrift(String gateway) {
    return state.drifts().firstKey(DriftKey.first(gateway), DriftKey.last(gateway)) != null;
  }
}
