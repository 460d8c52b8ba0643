package io.holdfast.domain.net;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of addresses kept as sorted, disjoint, non-adjacent ranges: its cost follows the number of
 * ranges, never the number of addresses.
 */
public record AddressSet(List<IpRange> ranges) {
  public static final AddressSet EMPTY = new AddressSet(List.of());

  /** Takes ranges that are already sorted, disjoint and non-adjacent, as {@link #of} makes them. */
  public AddressSet {
    ranges = List.copyOf(ranges);
  }

  /** The union of the ranges. */
  public static AddressSet of(Collection<IpRange> ranges) {
    List<IpRange> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparing(IpRange::first));
    List<IpRange> merged = new ArrayList<>(sorted.size());
    for (IpRange range : sorted) {
      IpRange before = merged.isEmpty() ? null : merged.getLast();
      if (before != null && touches(before, range)) {
        IpAddress last = before.last().compareTo(range.last()) >= 0 ? before.last() : range.last();
        merged.set(merged.size() - 1, new IpRange(before.first(), last));
      } else {
        merged.add(range);
      }
    }
    return new AddressSet(merged);
  }

  private static boolean touches(IpRange before, IpRange after) {
    return before.family() == after.family()
        && (before.last().isLast() || before.last().next().compareTo(after.first()) >= 0);
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  public boolean contains(IpAddress address) {
    return address.equals(ceiling(address));
  }

  /**
   * The least member that is not below {@code address}; null if there is none. Logarithmic in the
   * ranges.
   */
  public @Nullable IpAddress ceiling(IpAddress address) {
    int low = 0;
    int high = ranges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranges.get(middle).last().compareTo(address) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == ranges.size()) {
      return null;
    }
    IpAddress first = ranges.get(low).first();
    return first.compareTo(address) >= 0 ? first : address;
  }

  /** The least member; null if empty. */
  public @Nullable IpAddress first() {
    return ranges.isEmpty() ? null : ranges.getFirst().first();
  }

  public AddressSet union(AddressSet other) {
    List<IpRange> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    return of(all);
  }

  /** The members that {@code other} lacks. Linear in the ranges of both. */
  public AddressSet minus(AddressSet other) {
    List<IpRange> left = new ArrayList<>();
    int next = 0;
    for (IpRange range : ranges) {
      IpAddress from = range.first();
      boolean rest = true;
      while (next < other.ranges.size() && other.ranges.get(next).last().compareTo(from) < 0) {
        next++;
      }
      for (int i = next; i < other.ranges.size(); i++) {
        IpRange cut = other.ranges.get(i);
        if (cut.first().compareTo(range.last()) > 0) {
          break;
        }
        if (cut.first().compareTo(from) > 0) {
          left.add(new IpRange(from, cut.first().previous()));
        }
        if (cut.last().compareTo(range.last()) >= 0) {
          rest = false;
          break;
        }
        from = cut.last().next();
      }
      if (rest) {
        left.add(new IpRange(from, range.last()));
      }
    }
    return new AddressSet(left);
  }

  public AddressSet intersect(AddressSet other) {
    return minus(minus(other));
  }

  /**
   * The member with this many members below it. Linear in the ranges.
   *
   * @param index from 0, less than the size
   */
  public IpAddress member(BigInteger index) {
    BigInteger at = index;
    for (IpRange range : ranges) {
      BigInteger length = range.size();
      if (at.compareTo(length) < 0) {
        return range.first().plus(at);
      }
      at = at.subtract(length);
    }
    throw new IllegalArgumentException(index + " is not less than the size " + size());
  }

  /** How many members: exact. */
  public BigInteger size() {
    return ranges.stream().map(IpRange::size).reduce(BigInteger.ZERO, BigInteger::add);
  }
}
