package io.holdfast.domain.net;

/**
 * A prefix in CIDR notation. Host bits are zero.
 *
 * @param network first address
 * @param prefixLength 0 to 32, or 0 to 128
 */
public record Cidr(IpAddress network, int prefixLength) {
  private static final String ALLOWED =
      "a prefix like 10.0.0.0/24 or 2001:db8::/64 whose host bits are zero";

  public Cidr {
    int bits = network.family().bits();
    if (prefixLength < 0 || prefixLength > bits) {
      throw new InvalidAddressException(
          "prefix length " + prefixLength + " is not in 0.." + bits, ALLOWED);
    }
    if (!masked(network, prefixLength).equals(network)) {
      throw new InvalidAddressException(
          "'"
              + network
              + "/"
              + prefixLength
              + "' has host bits set (the prefix is "
              + masked(network, prefixLength)
              + "/"
              + prefixLength
              + ")",
          ALLOWED);
    }
  }

  /** Reads {@code address/length}; an address alone is a prefix of full length. */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      IpAddress host = IpAddress.parse(text);
      return new Cidr(host, host.family().bits());
    }
    String length = text.substring(slash + 1);
    if (length.isEmpty()
        || length.length() > 3
        || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new InvalidAddressException("'" + text + "' is not a prefix", ALLOWED);
    }
    return new Cidr(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(length));
  }

  /** The prefix of this length that {@code address} lies in. */
  public static Cidr around(IpAddress address, int prefixLength) {
    return new Cidr(masked(address, prefixLength), prefixLength);
  }

  private static IpAddress masked(IpAddress a, int prefixLength) {
    int length = a.family() == IpFamily.V4 ? prefixLength + 96 : prefixLength;
    long hi = length >= 64 ? a.hi() : a.hi() & highBits(length);
    long lo = length >= 64 ? a.lo() & highBits(length - 64) : 0;
    return new IpAddress(a.family(), hi, lo);
  }

  private static long highBits(int count) {
    return count == 0 ? 0 : -1L << (64 - count);
  }

  public IpAddress first() {
    return network;
  }

  public IpAddress last() {
    int length = network.family() == IpFamily.V4 ? prefixLength + 96 : prefixLength;
    long hi = length >= 64 ? network.hi() : network.hi() | ~highBits(length);
    long lo = length >= 64 ? network.lo() | ~highBits(length - 64) : -1L;
    return network.family() == IpFamily.V4
        ? new IpAddress(IpFamily.V4, 0, lo & 0xffff_ffffL)
        : new IpAddress(IpFamily.V6, hi, lo);
  }

  public boolean contains(IpAddress address) {
    return address.family() == network.family() && masked(address, prefixLength).equals(network);
  }

  @Override
  public String toString() {
    return network + "/" + prefixLength;
  }
}
