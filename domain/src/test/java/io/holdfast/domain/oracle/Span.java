package io.holdfast.domain.oracle;

import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** A run of addresses as numbers; the oracle's own idea of what a pool offers. */
record Span(BigInteger low, BigInteger high) {

  static List<Span> offered(PoolSpec spec) {
    List<Span> spans = new ArrayList<>();
    spec.ranges().forEach(text -> spans.add(of(text)));
    List<Span> out = new ArrayList<>(spans);
    for (String text : spec.ranges()) {
      if (text.contains("/")) {
        out = edges(out, of(text), spec.family());
      }
    }
    if (spec.subnet() != null) {
      out = edges(out, of(spec.subnet().toString()), spec.family());
    }
    for (String text : spec.exclusions()) {
      out = without(out, of(text));
    }
    if (spec.gatewayAddress() != null) {
      out = without(out, of(spec.gatewayAddress().toString()));
    }
    return out;
  }

  static boolean contains(List<Span> spans, IpAddress ip) {
    BigInteger n = number(ip.toString());
    return spans.stream().anyMatch(s -> s.low.compareTo(n) <= 0 && n.compareTo(s.high) <= 0);
  }

  static BigInteger size(List<Span> spans) {
    BigInteger size = BigInteger.ZERO;
    for (Span s : spans) {
      size = size.add(s.high.subtract(s.low)).add(BigInteger.ONE);
    }
    return size;
  }

  /** Its addresses, one by one: for small ones. */
  List<IpAddress> addresses() {
    List<IpAddress> all = new ArrayList<>();
    for (BigInteger n = low; n.compareTo(high) <= 0; n = n.add(BigInteger.ONE)) {
      byte[] bytes = n.toByteArray();
      boolean isV6 = high.bitLength() > 32;
      byte[] octets = new byte[isV6 ? 16 : 4];
      for (int i = 0; i < Math.min(bytes.length, octets.length); i++) {
        octets[octets.length - 1 - i] = bytes[bytes.length - 1 - i];
      }
      try {
        all.add(IpAddress.parse(InetAddress.getByAddress(octets).getHostAddress()));
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e);
      }
    }
    return all;
  }

  private static List<Span> edges(List<Span> spans, Span prefix, IpFamily family) {
    if (prefix.high.subtract(prefix.low).compareTo(BigInteger.TWO) <= 0) {
      return spans;
    }
    List<Span> out = without(spans, new Span(prefix.low, prefix.low));
    return family == IpFamily.V4 ? without(out, new Span(prefix.high, prefix.high)) : out;
  }

  private static List<Span> without(List<Span> spans, Span cut) {
    List<Span> left = new ArrayList<>();
    for (Span s : spans) {
      BigInteger end = s.high.min(cut.low.subtract(BigInteger.ONE));
      BigInteger start = s.low.max(cut.high.add(BigInteger.ONE));
      if (s.low.compareTo(end) <= 0) {
        left.add(new Span(s.low, end));
      }
      if (start.compareTo(s.high) <= 0) {
        left.add(new Span(start, s.high));
      }
    }
    return left;
  }

  private static Span of(String text) {
    int slash = text.indexOf('/');
    if (slash > 0) {
      BigInteger low = number(text.substring(0, slash));
      int bits = text.contains(":") ? 128 : 32;
      BigInteger size = BigInteger.TWO.pow(bits - Integer.parseInt(text.substring(slash + 1)));
      return new Span(low, low.add(size).subtract(BigInteger.ONE));
    }
    int dash = text.indexOf('-');
    return dash < 0
        ? new Span(number(text), number(text))
        : new Span(number(text.substring(0, dash)), number(text.substring(dash + 1)));
  }

  private static BigInteger number(String address) {
    return new BigInteger(1, InetAddress.ofLiteral(address).getAddress());
  }
}
