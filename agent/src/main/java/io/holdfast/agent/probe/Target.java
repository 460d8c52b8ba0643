package io.holdfast.agent.probe;

import io.holdfast.domain.net.InvalidAddressException;
import io.holdfast.domain.net.IpAddress;
import java.net.URI;

/** Where a probe goes. */
public sealed interface Target {
  IpAddress ip();

  /** A TCP connection is opened and closed. */
  record Tcp(IpAddress ip, int port) implements Target {
    @Override
    public String toString() {
      return "tcp " + ip + " port " + port;
    }
  }

  /** One ICMP echo, by ping(8). */
  record Ping(IpAddress ip) implements Target {
    @Override
    public String toString() {
      return "ping " + ip;
    }
  }

  /**
   * Reads {@code tcp://10.0.0.1:443}, {@code tcp://[2001:db8::1]:443} or {@code ping://10.0.0.1}.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  static Target parse(String text) {
    try {
      URI uri = URI.create(text);
      String host = uri.getHost() == null ? "" : uri.getHost();
      boolean six = host.startsWith("[") && host.endsWith("]");
      IpAddress ip = IpAddress.parse(six ? host.substring(1, host.length() - 1) : host);
      if ("tcp".equals(uri.getScheme()) && uri.getPort() > 0 && uri.getPort() < 65_536) {
        return new Tcp(ip, uri.getPort());
      }
      if ("ping".equals(uri.getScheme()) && uri.getPort() == -1) {
        return new Ping(ip);
      }
    } catch (InvalidAddressException e) {
      throw new IllegalArgumentException(wrong(text), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wrong(text), e);
    }
    throw new IllegalArgumentException(wrong(text));
  }

  private static String wrong(String text) {
    return "'"
        + text
        + "' is no target of a probe; allowed: tcp://10.0.0.1:443, tcp://[2001:db8::1]:443,"
        + " ping://10.0.0.1";
  }
}
