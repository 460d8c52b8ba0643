package io.holdfast.domain.view;

import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.State;
import java.math.BigInteger;

/**
 * A pool with its counters, which add up: size + retained = free + allocated + releasing + cooling
 * down + quarantined.
 *
 * @param size addresses that may be handed out, exact
 * @param free exact
 * @param nextFreeAt epoch milliseconds at which the next cooling address comes free; 0 if none is
 *     cooling
 */
public record PoolView(
    String name, Pool pool, PoolUse use, BigInteger size, BigInteger free, long nextFreeAt) {

  /**
   * @param time of the network's last event, epoch milliseconds: what came free before it is free
   */
  public static PoolView of(State state, String name, Pool pool, long time) {
    PoolUse found = state.poolUse().get(name);
    PoolUse use = found == null ? PoolUse.startingAt(null) : found;
    BigInteger size = pool.allocatable().size();
    return new PoolView(name, pool, use, size, use.free(size), nextFreeAt(state, name, time));
  }

  private static long nextFreeAt(State state, String name, long time) {
    ReusableKey next =
        state.reusable().firstKey(ReusableKey.after(name, time), ReusableKey.last(name));
    return next == null ? 0 : next.freeAt();
  }
}
