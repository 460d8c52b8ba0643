package io.holdfast.domain.view;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address with what follows from the state.
 *
 * @param retained its pool does not cover it any more
 */
public record EipView(
    IpAddress ip,
    Address address,
    Readiness readiness,
    boolean retained,
    List<Condition> conditions) {
  public EipView {
    conditions = List.copyOf(conditions);
  }

  public boolean ready() {
    return readiness.ready();
  }

  public static EipView of(Lens lens, IpAddress ip, Address address) {
    Readiness readiness = Readiness.of(lens, ip, address);
    Pool pool = lens.pool(address.pool());
    return new EipView(
        ip,
        address,
        readiness,
        pool == null || !pool.covers(ip),
        Conditions.of(lens, ip, address, readiness));
  }

  /**
   * An address by itself; one that was never used is free if a pool covers it. Null: it is no
   * address of this network.
   */
  public static @Nullable EipView find(Lens lens, IpAddress ip) {
    Address address = lens.state().addresses().get(ip);
    if (address == null) {
      String pool = poolOf(lens, ip);
      address = pool == null ? null : new Address(pool, Phase.FREE, 0, null, List.of(), 0, 0, null);
    }
    return address == null ? null : of(lens, ip, address);
  }

  private static @Nullable String poolOf(Lens lens, IpAddress ip) {
    List<String> found = new ArrayList<>(1);
    lens.state()
        .pools()
        .scan(
            "",
            TableId.LAST_NAME,
            (name, pool) -> {
              if (pool.covers(ip)) {
                found.add(name);
              }
              return found.isEmpty();
            });
    return found.isEmpty() ? null : found.getFirst();
  }
}
