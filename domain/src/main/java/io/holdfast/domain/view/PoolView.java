package io.holdfast.domain.view;

import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.WaitingKey;
import io.holdfast.domain.state.WaitingLine;
import java.math.BigInteger;
import java.util.List;

/**
 * A pool with its counters, which add up: size + retained = free + allocated + releasing + cooling
 * down + quarantined + reserved.
 *
 * @param size addresses that may be handed out, exact
 * @param free exact
 * @param nextFreeAt epoch milliseconds at which the next cooling address comes free; 0 if none is
 *     cooling
 * @param waiting requests that wait for its addresses; counted up to {@link #MOST_WAITING}
 * @param promised what comes free is for those who wait, and for nobody who asks now
 */
public record PoolView(
    String name,
    Pool pool,
    PoolUse use,
    BigInteger size,
    BigInteger free,
    long nextFreeAt,
    int waiting,
    boolean promised) {
  /** Further nobody counts: a list of pools must not hold up the network's decisions. */
  public static final int MOST_WAITING = 1_000;

  /**
   * @param time of the network's last event, epoch milliseconds: what came free before it is free
   */
  public static PoolView of(State state, String name, Pool pool, long time) {
    PoolUse found = state.poolUse().get(name);
    PoolUse use = found == null ? PoolUse.startingAt(null) : found;
    BigInteger size = pool.allocatable().size();
    return new PoolView(
        name,
        pool,
        use,
        size,
        use.free(size),
        nextFreeAt(state, name, time),
        waiting(state, name),
        WaitingLine.isPromised(state, name, Long.MAX_VALUE));
  }

  /** Whether it can give somebody who asks now an address, and if not, why. */
  public List<Condition> conditions() {
    return List.of(available());
  }

  Condition available() {
    String room = free + " of " + size + " free";
    if (free.signum() <= 0) {
      return Condition.fails(Condition.Type.Available, "Exhausted", room, 0);
    }
    if (promised) {
      return Condition.fails(
          Condition.Type.Available, "Promised", room + ", for those who wait already", 0);
    }
    return Condition.holds(Condition.Type.Available, "HasFree", room);
  }

  private static long nextFreeAt(State state, String name, long time) {
    ReusableKey next =
        state.reusable().firstKey(ReusableKey.after(name, time), ReusableKey.last(name));
    return next == null ? 0 : next.freeAt();
  }

  private static int waiting(State state, String name) {
    int[] count = {0};
    state
        .waiting()
        .scan(
            WaitingKey.first(name),
            WaitingKey.last(name),
            (key, mark) -> ++count[0] < MOST_WAITING);
    return count[0];
  }
}
