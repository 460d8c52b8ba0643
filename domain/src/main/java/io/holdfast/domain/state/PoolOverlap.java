package io.holdfast.domain.state;

import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpRange;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Why a pool may not come to cover addresses: an address is in one pool.
 *
 * @param pool the other one
 * @param range the first of its addresses that are among them
 * @param isOffered it gives them to owners; false: it does not any more, but they are still in use
 */
public record PoolOverlap(String pool, IpRange range, boolean isOffered) {
  /** The first one that is found; null if there is none. */
  public static @Nullable PoolOverlap find(State state, String name, AddressSet added) {
    AtomicReference<@Nullable PoolOverlap> found = new AtomicReference<>();
    state
        .pools()
        .scan(
            "",
            TableId.LAST_NAME,
            (other, pool) -> {
              AddressSet common = pool.allocatable().intersect(added);
              if (!common.isEmpty()) {
                found.set(new PoolOverlap(other, common.ranges().getFirst(), true));
              }
              return common.isEmpty();
            });
    if (found.get() == null) {
      var _ =
          AddressRecords.scan(
              state,
              added,
              (ip, address) -> {
                boolean isOwn = address.pool().equals(name);
                if (!isOwn) {
                  found.set(new PoolOverlap(address.pool(), new IpRange(ip, ip), false));
                }
                return isOwn;
              });
    }
    return found.get();
  }

  /** The first of the addresses. */
  public IpAddress first() {
    return range.first();
  }
}
