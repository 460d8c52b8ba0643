package io.holdfast.projector.whatif;

import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpRange;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a pool may come to cover addresses, as the domain has it: no other pool has any. */
final class Overlap {
  private Overlap() {}

  /** What is in the way, for people; null: nothing is. */
  static @Nullable String with(State state, String pool, AddressSet added) {
    List<String> found = new ArrayList<>(1);
    state
        .pools()
        .scan(
            "",
            TableId.LAST_NAME,
            (name, other) -> {
              AddressSet common = other.allocatable().intersect(added);
              if (!common.isEmpty()) {
                found.add("pool " + name + " would offer " + common.ranges().getFirst());
              }
              return found.isEmpty();
            });
    for (IpRange range : added.ranges()) {
      if (found.isEmpty()) {
        see(state, pool, range, found);
      }
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  private static void see(State state, String pool, IpRange range, List<String> found) {
    state
        .addresses()
        .scan(
            range.first(),
            range.last(),
            (ip, address) -> {
              note(pool, ip, address.pool(), found);
              return found.isEmpty();
            });
    var last = state.addresses().get(range.last());
    if (found.isEmpty() && last != null) {
      note(pool, range.last(), last.pool(), found);
    }
  }

  private static void note(String pool, IpAddress ip, String other, List<String> found) {
    if (!other.equals(pool)) {
      found.add(ip + " would still be in use by pool " + other);
    }
  }
}
