package io.holdfast.agent.linux;

import io.holdfast.domain.net.IpFamily;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of the maps that a gateway's rules are elements of.
 *
 * @param length of the prefixes in a SNAT map, which has those of one length only: the chain asks
 *     the maps longest first; 0 for other kinds
 */
record NatMap(Kind kind, IpFamily family, int length) {

  enum Kind {
    /** EIP to internal address. */
    FIP_IN,
    /** Internal address to EIP. */
    FIP_OUT,
    /** EIP, protocol and port to internal address and port. */
    DNAT,
    /** Internal prefix to EIP. */
    SNAT
  }

  private static final Pattern NAME = Pattern.compile("(fip_in|fip_out|dnat|snat)([46])(_(\\d+))?");

  static NatMap fipIn(IpFamily family) {
    return new NatMap(Kind.FIP_IN, family, 0);
  }

  static NatMap fipOut(IpFamily family) {
    return new NatMap(Kind.FIP_OUT, family, 0);
  }

  static NatMap dnat(IpFamily family) {
    return new NatMap(Kind.DNAT, family, 0);
  }

  static NatMap snat(IpFamily family, int length) {
    return new NatMap(Kind.SNAT, family, length);
  }

  /** Null if this is no name of such a map. */
  static @Nullable NatMap parse(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      return null;
    }
    IpFamily family = m.group(2).equals("4") ? IpFamily.V4 : IpFamily.V6;
    String length = m.group(4);
    boolean snat = m.group(1).equals("snat");
    if (snat != (length != null)) {
      return null;
    }
    return switch (m.group(1)) {
      case "fip_in" -> fipIn(family);
      case "fip_out" -> fipOut(family);
      case "dnat" -> dnat(family);
      default -> snat(family, Integer.parseInt(length));
    };
  }

  String name() {
    String digit = family == IpFamily.V4 ? "4" : "6";
    return switch (kind) {
      case FIP_IN -> "fip_in" + digit;
      case FIP_OUT -> "fip_out" + digit;
      case DNAT -> "dnat" + digit;
      case SNAT -> "snat" + digit + "_" + length;
    };
  }
}
