package io.holdfast.domain.net;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.util.Locale;

/**
 * One host address: 128 bits, an IPv4 address in the lowest 32 of them.
 *
 * <p>Ordered by family, then numerically (unsigned).
 *
 * @param hi upper 64 bits, 0 for IPv4
 * @param lo lower 64 bits
 */
public record IpAddress(IpFamily family, long hi, long lo) implements Comparable<IpAddress> {
  /** No address comes before it. */
  public static final IpAddress LOWEST = new IpAddress(IpFamily.V4, 0, 0);

  /** No address comes after it. */
  public static final IpAddress HIGHEST = new IpAddress(IpFamily.V6, -1L, -1L);

  private static final String ALLOWED =
      "an IPv4 address like 203.0.113.7 (no leading zeros) or an IPv6 address like 2001:db8::7 (no zone)";

  public IpAddress {
    if (family == IpFamily.V4 && (hi != 0 || lo >>> 32 != 0)) {
      throw new InvalidAddressException("an IPv4 address has 32 bits", ALLOWED);
    }
  }

  /**
   * Reads an address literal; never asks a resolver.
   *
   * @throws InvalidAddressException if it is none; IPv4-mapped IPv6 addresses are refused, because
   *     one address must have one name
   */
  public static IpAddress parse(String text) {
    return text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text);
  }

  private static IpAddress parseV4(String text) {
    long value = 0;
    int octets = 0;
    int at = 0;
    while (octets < 4) {
      int start = at;
      int octet = 0;
      while (at < text.length() && at - start < 3 && isDigit(text.charAt(at))) {
        octet = octet * 10 + (text.charAt(at) - '0');
        at++;
      }
      boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
      if (at == start || octet > 255 || leadingZero) {
        throw notAnAddress(text);
      }
      value = value << 8 | octet;
      octets++;
      if (octets < 4) {
        if (at >= text.length() || text.charAt(at) != '.') {
          throw notAnAddress(text);
        }
        at++;
      }
    }
    if (at != text.length()) {
      throw notAnAddress(text);
    }
    return new IpAddress(IpFamily.V4, 0, value);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static IpAddress parseV6(String text) {
    byte[] bytes;
    try {
      if (text.contains("%") || text.contains("[")) {
        throw notAnAddress(text);
      }
      bytes = Inet6Address.ofLiteral(text).getAddress();
    } catch (InvalidAddressException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw notAnAddress(text);
    }
    if (bytes.length != 16) {
      throw new InvalidAddressException("'" + text + "' is an IPv4-mapped address", ALLOWED);
    }
    long hi = 0;
    long lo = 0;
    for (int i = 0; i < 8; i++) {
      hi = hi << 8 | (bytes[i] & 0xff);
      lo = lo << 8 | (bytes[i + 8] & 0xff);
    }
    return new IpAddress(IpFamily.V6, hi, lo);
  }

  private static InvalidAddressException notAnAddress(String text) {
    return new InvalidAddressException("'" + text + "' is not an address", ALLOWED);
  }

  /**
   * The address after this one. Undefined for the last of its family: ask {@link #isLast()} first.
   */
  public IpAddress next() {
    return lo == -1L ? new IpAddress(family, hi + 1, 0) : new IpAddress(family, hi, lo + 1);
  }

  /**
   * The address before this one. Undefined for the first of its family: ask {@link #isFirst()}
   * first.
   */
  public IpAddress previous() {
    return lo == 0 ? new IpAddress(family, hi - 1, -1L) : new IpAddress(family, hi, lo - 1);
  }

  /** The address so many after this one; undefined beyond the last of its family. */
  public IpAddress plus(BigInteger steps) {
    long low = lo + steps.longValue();
    long carry = Long.compareUnsigned(low, lo) < 0 ? 1 : 0;
    return new IpAddress(family, hi + steps.shiftRight(64).longValue() + carry, low);
  }

  public boolean isFirst() {
    return hi == 0 && lo == 0;
  }

  public boolean isLast() {
    return family == IpFamily.V4 ? lo == 0xffff_ffffL : hi == -1L && lo == -1L;
  }

  @Override
  public int compareTo(IpAddress other) {
    if (family != other.family) {
      return family.compareTo(other.family);
    }
    int high = Long.compareUnsigned(hi, other.hi);
    return high != 0 ? high : Long.compareUnsigned(lo, other.lo);
  }

  /** The canonical text: dotted quad, or RFC 5952 for IPv6. */
  @Override
  public String toString() {
    return family == IpFamily.V4 ? v4Text() : v6Text();
  }

  private String v4Text() {
    return (lo >>> 24) + "." + (lo >>> 16 & 0xff) + "." + (lo >>> 8 & 0xff) + "." + (lo & 0xff);
  }

  /**
   * RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as
   * "::".
   */
  private String v6Text() {
    int bestStart = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int length = 0;
      while (i + length < 8 && group(i + length) == 0) {
        length++;
      }
      if (length > bestLength) {
        bestStart = i;
        bestLength = length;
      }
      i += length;
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == bestStart) {
        text.append("::");
        i += bestLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(group(i)));
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  private int group(int index) {
    long half = index < 4 ? hi : lo;
    return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
  }
}
