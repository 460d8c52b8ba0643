package io.holdfast.domain.state;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.Holding;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.util.ArrayList;
import java.util.List;

/** What an owner holds already of what it asks for. */
public final class Held {
  private Held() {}

  /**
   * The addresses of one family, at most so many, in the order in which the owner got them. A pool
   * that is given from only to who names it now gave what it gave: whether it would be selected is
   * not asked.
   */
  public static List<IpAddress> of(State state, EipRequest request, IpFamily family, int most) {
    List<IpAddress> held = new ArrayList<>();
    Holding holding = state.owners().get(request.owner());
    for (IpAddress ip : holding == null ? List.<IpAddress>of() : holding.addresses()) {
      if (held.size() == most) {
        break;
      }
      Address address = ip.family() == family ? state.addresses().get(ip) : null;
      Pool pool = address == null ? null : state.pools().get(address.pool());
      if (address != null && pool != null && request.isAbout(address.pool(), pool.spec())) {
        held.add(ip);
      }
    }
    return held;
  }

  /** How many addresses it lacks, of all families together; of a certain one it lacks that one. */
  public static int missing(State state, EipRequest request) {
    if (request.ip() != null) {
      return 1;
    }
    int missing = 0;
    for (IpFamily family : request.families()) {
      missing += request.count() - of(state, request, family, request.count()).size();
    }
    return missing;
  }
}
