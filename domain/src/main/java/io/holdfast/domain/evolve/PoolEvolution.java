package io.holdfast.domain.evolve;

import static io.holdfast.domain.evolve.Evolver.existing;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpRange;
import io.holdfast.domain.state.AddressRecords;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What events make of pools. */
final class PoolEvolution {
  private PoolEvolution() {}

  static void defined(State state, EventHeader header, Event.PoolDefined e) {
    AddressSet allocatable = e.spec().allocatable();
    Pool pool = new Pool(e.spec(), allocatable, allocatable, header.sequence());
    state.pools().put(e.pool(), pool);
    state
        .poolUse()
        .put(e.pool(), PoolUse.startingAt(unused(state, allocatable, allocatable.first())));
    Runs.rebuild(state, e.pool(), pool);
    WaitEvolution.poolChanged(state, e.pool(), e.spec());
  }

  /** Who had a free address last is known from the next time on that one comes free. */
  static void changed(State state, EventHeader header, Event.PoolChanged e) {
    Pool old = existing(state.pools().get(e.pool()), e.pool());
    Pool pool = new Pool(e.spec(), old.allocatable(), old.fresh(), header.sequence());
    state.pools().put(e.pool(), pool);
    if (e.spec().policy() != old.spec().policy()) {
      Runs.rebuild(state, e.pool(), pool);
    }
    WaitEvolution.poolChanged(state, e.pool(), e.spec());
  }

  /**
   * Live tenures stay; free addresses that fall outside lose their record; never-used ones are
   * sought anew in all that was not passed before.
   */
  static void resized(State state, EventHeader header, Event.PoolResized e) {
    Pool old = existing(state.pools().get(e.pool()), e.pool());
    PoolUse use = existing(state.poolUse().get(e.pool()), e.pool());
    AddressSet now = e.spec().allocatable();

    AddressSet passed = old.allocatable().minus(from(old.fresh(), use.cursor()));
    AddressSet fresh = now.minus(passed);
    long retained = use.retained();
    for (var cut : records(state, e.pool(), old.allocatable().minus(now)).entrySet()) {
      Address address = cut.getValue();
      Shelf.index(state, cut.getKey(), address, null);
      if (address.phase() == Phase.FREE) {
        state.addresses().remove(cut.getKey());
      } else {
        retained++;
      }
    }
    for (var back : records(state, e.pool(), now.minus(old.allocatable())).entrySet()) {
      Address address = back.getValue();
      Shelf.index(state, back.getKey(), null, address);
      retained--;
    }

    Pool pool = new Pool(e.spec(), now, fresh, header.sequence());
    state.pools().put(e.pool(), pool);
    state
        .poolUse()
        .put(
            e.pool(),
            use.countRetained(retained - use.retained())
                .withCursor(unused(state, fresh, fresh.first())));
    Runs.rebuild(state, e.pool(), pool);
  }

  static void removed(State state, Event.PoolRemoved e) {
    List<ReusableKey> free = new ArrayList<>();
    state
        .reusable()
        .scan(
            ReusableKey.first(e.pool()), ReusableKey.last(e.pool()), (key, mark) -> free.add(key));
    for (ReusableKey key : free) {
      Shelf.index(state, key.ip(), state.addresses().get(key.ip()), null);
      state.addresses().remove(key.ip());
    }
    Runs.clear(state, e.pool());
    WaitEvolution.poolRemoved(state, e.pool());
    state.pools().remove(e.pool());
    state.poolUse().remove(e.pool());
  }

  private static AddressSet from(AddressSet set, @Nullable IpAddress start) {
    if (start == null) {
      return AddressSet.EMPTY;
    }
    List<IpRange> left = new ArrayList<>();
    for (IpRange range : set.ranges()) {
      if (range.last().compareTo(start) >= 0) {
        left.add(range.contains(start) ? new IpRange(start, range.last()) : range);
      }
    }
    return new AddressSet(left);
  }

  /** The records of a pool within a set. */
  private static Map<IpAddress, Address> records(State state, String pool, AddressSet within) {
    Map<IpAddress, Address> found = new LinkedHashMap<>();
    var _ =
        AddressRecords.scan(
            state,
            within,
            (ip, address) -> {
              if (address.pool().equals(pool)) {
                found.put(ip, address);
              }
              return true;
            });
    return found;
  }

  /**
   * The least address of the set from {@code start} on that has no record; null if there is none.
   */
  static @Nullable IpAddress unused(State state, AddressSet set, @Nullable IpAddress start) {
    IpAddress candidate = start == null ? null : set.ceiling(start);
    while (candidate != null && state.addresses().get(candidate) != null) {
      candidate = candidate.isLast() ? null : set.ceiling(candidate.next());
    }
    return candidate;
  }

  /** The address got its first record: if the cursor stood there, it moves on. */
  static PoolUse movedPast(State state, String pool, PoolUse use, IpAddress ip) {
    if (!ip.equals(use.cursor())) {
      return use;
    }
    AddressSet fresh = existing(state.pools().get(pool), pool).fresh();
    return use.withCursor(unused(state, fresh, ip));
  }
}
