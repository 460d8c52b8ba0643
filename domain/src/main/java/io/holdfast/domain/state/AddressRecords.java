package io.holdfast.domain.state;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpRange;

/** The records of the addresses of a set. */
public final class AddressRecords {
  private AddressRecords() {}

  /**
   * Visits them in the order of the set's ranges, until the visitor has enough; answers whether it
   * never had. The cost follows the records found, not the addresses covered.
   */
  public static boolean scan(
      State state, AddressSet within, OrderedTable.Visitor<IpAddress, Address> visitor) {
    for (IpRange range : within.ranges()) {
      boolean[] goesOn = {true};
      state
          .addresses()
          .scan(
              range.first(),
              range.last(),
              (ip, address) -> {
                goesOn[0] = visitor.visit(ip, address);
                return goesOn[0];
              });
      // A scan ends before its end, and there may be no address after the last one.
      Address last = goesOn[0] ? state.addresses().get(range.last()) : null;
      if (!goesOn[0] || (last != null && !visitor.visit(range.last(), last))) {
        return false;
      }
    }
    return true;
  }
}
