package io.holdfast.domain.decide;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.net.IpRange;
import io.holdfast.domain.state.AddressRecords;
import io.holdfast.domain.state.State;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a resize does to a pool.
 *
 * @param added addresses that it offers and did not offer
 * @param removed addresses that it offered and does not offer any more
 * @param retained addresses in use that it does not cover after it
 * @param held the held ones of these: a drain gives them an end
 * @param example one of those retained, or null
 */
record PoolCut(
    BigInteger added,
    BigInteger removed,
    long retained,
    List<IpAddress> held,
    @Nullable IpAddress example) {
  private static final IpRange ALL_V4 =
      new IpRange(new IpAddress(IpFamily.V4, 0, 0), new IpAddress(IpFamily.V4, 0, 0xffffffffL));
  private static final IpRange ALL_V6 =
      new IpRange(new IpAddress(IpFamily.V6, 0, 0), new IpAddress(IpFamily.V6, -1L, -1L));

  /** The cost follows the records that fall outside, or, if some did before, all records. */
  static PoolCut of(State state, String name, Pool pool, AddressSet after) {
    AddressSet cut = pool.allocatable().minus(after);
    List<IpAddress> held = new ArrayList<>();
    List<IpAddress> inUse = new ArrayList<>();
    boolean hadRetained = PoolDecisions.use(state, name).retained() > 0;
    IpRange all = pool.spec().family() == IpFamily.V4 ? ALL_V4 : ALL_V6;
    var _ =
        AddressRecords.scan(
            state,
            hadRetained ? new AddressSet(List.of(all)) : cut,
            (ip, address) -> {
              see(name, after, ip, address, inUse, held);
              return true;
            });
    return new PoolCut(
        after.minus(pool.allocatable()).size(),
        cut.size(),
        inUse.size(),
        held,
        inUse.isEmpty() ? null : inUse.getFirst());
  }

  private static void see(
      String pool,
      AddressSet after,
      IpAddress ip,
      Address address,
      List<IpAddress> inUse,
      List<IpAddress> held) {
    if (!address.pool().equals(pool) || address.phase() == Phase.FREE || after.contains(ip)) {
      return;
    }
    inUse.add(ip);
    if (address.phase() == Phase.ALLOCATED) {
      held.add(ip);
    }
  }

  /**
   * @param isDrained whether the held ones get an end
   */
  Map<String, String> details(boolean isDrained) {
    Map<String, String> details = new TreeMap<>();
    details.put("added", added.toString());
    details.put("removed", removed.toString());
    details.put("retained", Long.toString(retained));
    details.put("draining", Integer.toString(isDrained ? held.size() : 0));
    if (example != null) {
      details.put("example", example.toString());
    }
    return details;
  }
}
