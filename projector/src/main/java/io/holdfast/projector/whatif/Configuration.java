package io.holdfast.projector.whatif;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.model.Quota;
import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.state.PoolOverlap;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What operators did to pools and quotas, in a world where an address may be in use when it was not
 * in the record. A pool that cannot be removed then gives nothing more, and who holds an address of
 * it keeps it. One that cannot be defined or resized then, because another pool still has addresses
 * there, is as soon as it can be. Both are noted.
 */
final class Configuration {
  private final Change change;
  private final Network network;
  private final Notes notes;

  /** Of every pool that there was in the window, whenever. */
  private final Set<String> pools = new TreeSet<>();

  /** Removed in the record, and still in use here. */
  private final Set<String> closed = new TreeSet<>();

  /** What these were defined as, or resized to, and cannot be yet. */
  private final Map<String, PoolSpec> pending = new TreeMap<>();

  private final Set<String> drawing = new HashSet<>();

  Configuration(Change change, Network network, Notes notes) {
    this.change = change;
    this.network = network;
    this.notes = notes;
  }

  /** Of every pool that there was in the window, whenever. */
  Set<String> pools() {
    return Collections.unmodifiableSet(pools);
  }

  /** The window begins: what is configured otherwise is so from now on. */
  void begin() {
    Map<String, PoolSpec> there = new TreeMap<>();
    network
        .state()
        .pools()
        .scan("", TableId.LAST_NAME, (name, pool) -> there.put(name, pool.spec()) == null);
    pools.addAll(there.keySet());
    there.forEach((name, spec) -> {
      PoolSpec other = applied(name, spec);
      if (!other.equals(spec)) {
        network.emit(0, new Event.PoolChanged(name, other));
      }
    });
    change
        .quotas()
        .forEach((tenant, limit) -> {
          Quota quota = network.state().quotas().get(tenant);
          Long other = limit.orElse(null);
          if (!Objects.equals(other, quota == null ? null : quota.limit())) {
            network.emit(0, new Event.QuotaSet(tenant, other));
          }
        });
  }

  void configured(Demand.Configured d) {
    switch (d.event()) {
      case Event.PoolDefined e -> {
        pools.add(e.pool());
        closed.remove(e.pool());
        cover(d.time(), e.pool(), applied(e.pool(), e.spec()));
      }
      case Event.PoolResized e -> cover(d.time(), e.pool(), applied(e.pool(), e.spec()));
      case Event.PoolChanged e -> {
        PoolSpec spec = applied(e.pool(), e.spec());
        Pool there = network.state().pools().get(e.pool());
        if (there != null) {
          network.emit(d.time(), new Event.PoolChanged(e.pool(), overThose(there.spec(), spec)));
        }
        if (pending.containsKey(e.pool())) {
          cover(d.time(), e.pool(), spec);
        }
      }
      case Event.PoolRemoved e -> removed(d.time(), e.pool());
      case Event.QuotaSet e -> {
        if (!change.quotas().containsKey(e.tenant())) {
          network.emit(d.time(), e);
        }
      }
      default -> throw new IllegalArgumentException(d.toString());
    }
  }

  /** What could not be before may be possible now. Whether something was. */
  boolean tryAgain(long time) {
    long before = network.sequence();
    for (String pool : List.copyOf(closed)) {
      PoolUse use = network.state().poolUse().get(pool);
      if (use != null && use.used() == 0) {
        network.emit(time, new Event.PoolRemoved(pool));
        closed.remove(pool);
      }
    }
    new TreeMap<>(pending).forEach((pool, spec) -> cover(time, pool, spec));
    return network.sequence() != before;
  }

  /** What is drawn depends on all that ever was in the network, gateways too. */
  private PoolSpec applied(String pool, PoolSpec recorded) {
    PoolSpec spec = change.applied(pool, recorded);
    boolean draws = recorded.policy() == PoolPolicy.RANDOM || spec.policy() == PoolPolicy.RANDOM;
    if (draws && drawing.add(pool)) {
      notes.add(
          "pool "
              + pool
              + " gives addresses at random: the model draws others than the record has, so what was"
              + " asked of certain addresses may be answered otherwise for that alone");
    }
    return spec;
  }

  private void cover(long time, String name, PoolSpec spec) {
    State state = network.state();
    Pool there = state.pools().get(name);
    AddressSet before = there == null ? AddressSet.EMPTY : there.allocatable();
    PoolOverlap obstacle = PoolOverlap.find(state, name, spec.allocatable().minus(before));
    if (obstacle == null) {
      pending.remove(name);
      network.emit(
          time,
          there == null ? new Event.PoolDefined(name, spec) : new Event.PoolResized(name, spec));
    } else if (pending.put(name, spec) == null) {
      notes.add(
          "pool "
              + name
              + " could not have been "
              + (there == null ? "defined" : "resized")
              + " then: "
              + described(obstacle)
              + "; it is once that is over");
    }
  }

  private static String described(PoolOverlap overlap) {
    return overlap.isOffered()
        ? "pool " + overlap.pool() + " would offer " + overlap.range()
        : overlap.first() + " would still be in use by pool " + overlap.pool();
  }

  private void removed(long time, String name) {
    pending.remove(name);
    Pool pool = network.state().pools().get(name);
    PoolUse use = network.state().poolUse().get(name);
    if (pool == null || use == null) {
      return; // It never could be defined here.
    }
    if (use.used() == 0) {
      network.emit(time, new Event.PoolRemoved(name));
      return;
    }
    notes.add(
        "pool "
            + name
            + " could not have been removed then: "
            + use.used()
            + " of its addresses would be in use; it gives no more of them");
    closed.add(name);
    network.emit(time, new Event.PoolResized(name, overNothing(pool.spec())));
  }

  /** Settings over the addresses of others: its own may have to wait. */
  private static PoolSpec overThose(PoolSpec those, PoolSpec settings) {
    return settings.over(
        those.ranges(), those.exclusions(), those.subnet(), those.gatewayAddress());
  }

  /** Those in use stay as retained ones do: they leave the pool's books when they are free. */
  private static PoolSpec overNothing(PoolSpec spec) {
    return spec.over(List.of(), List.of(), spec.subnet(), spec.gatewayAddress());
  }
}
