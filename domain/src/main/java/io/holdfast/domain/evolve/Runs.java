package io.holdfast.domain.evolve;

import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpRange;
import io.holdfast.domain.state.AddressRecords;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.RunKey;
import io.holdfast.domain.state.RunLengthKey;
import io.holdfast.domain.state.State;
import java.util.ArrayList;
import java.util.List;

/**
 * The free addresses of a pool as runs without gaps, found by place and by length in a time that
 * grows with the logarithm of their number, whatever the pool's size and fill.
 */
final class Runs {
  private Runs() {}

  /** An address leaves its run. */
  static void take(State state, String pool, IpAddress ip) {
    RunKey key = state.runs().firstKey(new RunKey(pool, ip), RunKey.last(pool));
    IpAddress first = key == null ? null : state.runs().get(key);
    if (key == null || first == null || first.compareTo(ip) > 0) {
      throw new IllegalStateException(ip + " is in no run of free addresses of pool " + pool);
    }
    remove(state, pool, first, key.last());
    if (first.compareTo(ip) < 0) {
      add(state, pool, first, ip.previous());
    }
    if (ip.compareTo(key.last()) < 0) {
      add(state, pool, ip.next(), key.last());
    }
  }

  /** An address becomes free: alone, or with the runs beside it. */
  static void give(State state, String pool, IpAddress ip) {
    IpAddress first = ip;
    IpAddress last = ip;
    if (!ip.isFirst()) {
      IpAddress below = state.runs().get(new RunKey(pool, ip.previous()));
      if (below != null) {
        remove(state, pool, below, ip.previous());
        first = below;
      }
    }
    RunKey above = state.runs().firstKey(new RunKey(pool, ip), RunKey.last(pool));
    if (above != null && ip.next().equals(state.runs().get(above))) {
      remove(state, pool, ip.next(), above.last());
      last = above.last();
    }
    add(state, pool, first, last);
  }

  /** All anew, from the records: for a pool that is defined, or covers something else now. */
  static void rebuild(State state, String name, Pool pool) {
    clear(state, name);
    if (!pool.spec().policy().keepsRuns()) {
      return;
    }
    for (IpRange range : pool.allocatable().ranges()) {
      List<IpAddress> used = new ArrayList<>();
      var _ =
          AddressRecords.scan(
              state,
              new AddressSet(List.of(range)),
              (ip, address) -> address.phase() == Phase.FREE || used.add(ip));
      IpAddress from = range.first();
      for (IpAddress ip : used) {
        if (from.compareTo(ip) < 0) {
          add(state, name, from, ip.previous());
        }
        if (!ip.equals(range.last())) {
          from = ip.next();
        }
      }
      if (used.isEmpty() || !used.getLast().equals(range.last())) {
        add(state, name, from, range.last());
      }
    }
  }

  /** Forgets all runs of a pool. */
  static void clear(State state, String name) {
    List<RunKey> keys = new ArrayList<>();
    List<IpAddress> firsts = new ArrayList<>();
    state
        .runs()
        .scan(
            RunKey.first(name),
            RunKey.last(name),
            (key, first) -> {
              keys.add(key);
              return firsts.add(first);
            });
    for (int i = 0; i < keys.size(); i++) {
      remove(state, name, firsts.get(i), keys.get(i).last());
    }
  }

  private static void add(State state, String pool, IpAddress first, IpAddress last) {
    state.runs().put(new RunKey(pool, last), first);
    state.runLengths().put(new RunLengthKey(pool, length(first, last), first), Mark.SET);
  }

  private static void remove(State state, String pool, IpAddress first, IpAddress last) {
    state.runs().remove(new RunKey(pool, last));
    state.runLengths().remove(new RunLengthKey(pool, length(first, last), first));
  }

  private static long length(IpAddress first, IpAddress last) {
    long steps = last.lo() - first.lo();
    boolean isHuge =
        last.hi() - first.hi() - (Long.compareUnsigned(last.lo(), first.lo()) < 0 ? 1 : 0) != 0
            || steps < 0
            || steps == Long.MAX_VALUE;
    return isHuge ? Long.MAX_VALUE : steps + 1;
  }
}
