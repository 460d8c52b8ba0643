package io.holdfast.allocator.store;

import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys by number for tests of tables, and looks at them: reusable addresses, and tickets. */
final class SomeRows {
  private SomeRows() {}

  static String number(int number) {
    return "%04d".formatted(number);
  }

  static List<ReusableKey> all(State state) {
    List<ReusableKey> all = new ArrayList<>();
    state
        .reusable()
        .scan(ReusableKey.first("p"), ReusableKey.last("p"), (key, mark) -> all.add(key));
    return all;
  }

  static ReusableKey reusable(long freeAt) {
    return new ReusableKey("p", freeAt, IpAddress.parse("10.0.0.1"));
  }

  static @Nullable Owner firstTicket(State state, int place) {
    return state.tickets().firstKey(owner(place), new Owner("u", "", "", "", ""));
  }

  static Owner owner(int number) {
    return new Owner("t", "Pod", "ns", number(number), "");
  }
}
