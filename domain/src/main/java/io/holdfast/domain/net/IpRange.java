package io.holdfast.domain.net;

import java.math.BigInteger;

/** A run of addresses, both ends included. */
public record IpRange(IpAddress first, IpAddress last) {
  private static final String ALLOWED =
      "an address, a prefix (10.0.0.0/24) or a range (10.0.0.5-10.0.0.9, 10.0.0.5..10.0.0.9) in ascending order";

  public IpRange {
    if (first.family() != last.family() || first.compareTo(last) > 0) {
      throw new InvalidAddressException("'" + first + "-" + last + "' is not a range", ALLOWED);
    }
  }

  public static IpRange of(IpAddress address) {
    return new IpRange(address, address);
  }

  public static IpRange of(Cidr cidr) {
    return new IpRange(cidr.first(), cidr.last());
  }

  /** Reads an address, a prefix, {@code start-end} or {@code start..end}. */
  public static IpRange parse(String text) {
    int dots = text.indexOf("..");
    int dash = text.indexOf('-');
    if (dots > 0) {
      return between(text.substring(0, dots), text.substring(dots + 2));
    }
    if (dash > 0) {
      return between(text.substring(0, dash), text.substring(dash + 1));
    }
    return of(Cidr.parse(text));
  }

  private static IpRange between(String first, String last) {
    return new IpRange(IpAddress.parse(first.strip()), IpAddress.parse(last.strip()));
  }

  public IpFamily family() {
    return first.family();
  }

  public boolean contains(IpAddress address) {
    return address.family() == family()
        && first.compareTo(address) <= 0
        && address.compareTo(last) <= 0;
  }

  /** How many addresses: exact, also for a whole /64. */
  public BigInteger size() {
    return number(last).subtract(number(first)).add(BigInteger.ONE);
  }

  private static BigInteger number(IpAddress a) {
    BigInteger hi = new BigInteger(Long.toUnsignedString(a.hi()));
    return hi.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(a.lo())));
  }

  @Override
  public String toString() {
    return first.equals(last) ? first.toString() : first + "-" + last;
  }
}
