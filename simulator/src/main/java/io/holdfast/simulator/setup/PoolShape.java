package io.holdfast.simulator.setup;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to cut a pool: what is offered is counted out here, so that the domain's own arithmetic
 * can be held against it.
 *
 * @param ranges as an operator writes them
 * @param exclusions as an operator writes them
 * @param offered exactly what may be handed out, ascending
 */
public record PoolShape(List<String> ranges, List<String> exclusions, List<IpAddress> offered) {

  public PoolShape {
    ranges = List.copyOf(ranges);
    exclusions = List.copyOf(exclusions);
    offered = List.copyOf(offered);
  }

  /** A prefix with room for 2 to the {@code bits}; its ends are not handed out as the rules say. */
  static PoolShape prefix(IpAddress base, int bits, int... excluded) {
    int size = 1 << bits;
    boolean v4 = base.family() == IpFamily.V4;
    List<IpAddress> offered = new ArrayList<>();
    for (int i = 1; i < (v4 ? size - 1 : size); i++) {
      offered.add(plus(base, i));
    }
    String text = base + "/" + (base.family().bits() - bits);
    return new PoolShape(List.of(text), texts(base, excluded), without(base, offered, excluded));
  }

  /** From one address to another, as written. */
  static PoolShape span(IpAddress base, int first, int last, int... excluded) {
    List<IpAddress> offered = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      offered.add(plus(base, i));
    }
    String text = plus(base, first) + "-" + plus(base, last);
    return new PoolShape(List.of(text), texts(base, excluded), without(base, offered, excluded));
  }

  static IpAddress plus(IpAddress base, int offset) {
    return new IpAddress(base.family(), base.hi(), base.lo() + offset);
  }

  private static List<String> texts(IpAddress base, int[] excluded) {
    List<String> texts = new ArrayList<>();
    for (int offset : excluded) {
      texts.add(plus(base, offset).toString());
    }
    return texts;
  }

  private static List<IpAddress> without(IpAddress base, List<IpAddress> all, int[] excluded) {
    List<IpAddress> left = new ArrayList<>(all);
    for (int offset : excluded) {
      left.remove(plus(base, offset));
    }
    return left;
  }
}
