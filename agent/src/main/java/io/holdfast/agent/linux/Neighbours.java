package io.holdfast.agent.linux;

import io.holdfast.agent.linux.kernel.AddressBytes;
import io.holdfast.agent.linux.kernel.KernelException;
import io.holdfast.agent.linux.kernel.Link;
import io.holdfast.agent.linux.kernel.Netns;
import io.holdfast.agent.linux.kernel.RawSocket;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said and asked on the external network about addresses. */
final class Neighbours {
  private static final int ADVERTISEMENT = 136;
  private static final int ENOBUFS = 105;

  private final Netns namespace;
  private final String name;
  private final Link link;

  Neighbours(Netns namespace, String name, Link link) {
    this.namespace = namespace;
    this.name = name;
    this.link = link;
  }

  /**
   * Asks the network for all of them at once and waits once.
   *
   * @return those that somebody else has, with his MAC address as text
   */
  Map<IpAddress, String> conflicts(Collection<IpAddress> ips, Duration wait) throws IOException {
    Map<IpAddress, String> found = new HashMap<>();
    for (IpFamily family : IpFamily.values()) {
      Set<IpAddress> asked =
          ips.stream().filter(ip -> ip.family() == family).collect(Collectors.toSet());
      if (!asked.isEmpty()) {
        found.putAll(conflicts(family, asked, wait));
      }
    }
    return found;
  }

  private Map<IpAddress, String> conflicts(IpFamily family, Set<IpAddress> asked, Duration wait)
      throws IOException {
    RawSocket out = namespace.in(() -> RawSocket.frames(link.index(), 0));
    RawSocket in = null;
    try {
      in =
          namespace.in(() ->
              family == IpFamily.V4
                  ? RawSocket.frames(link.index(), RawSocket.ARP)
                  : RawSocket.icmpV6(name, ADVERTISEMENT));
      for (IpAddress ip : asked) {
        out.send(Frames.probe(link.mac(), ip));
      }
      return answers(family, asked, in, System.nanoTime() + wait.toNanos());
    } finally {
      out.closeLater();
      if (in != null) {
        in.closeLater();
      }
    }
  }

  private Map<IpAddress, String> answers(
      IpFamily family, Set<IpAddress> asked, RawSocket in, long end) throws IOException {
    Map<IpAddress, String> found = new HashMap<>();
    while (true) {
      long left = (end - System.nanoTime() + 999_999) / 1_000_000;
      ByteBuffer message = in.receive((int) Math.max(0, left));
      if (message == null) {
        return found;
      }
      Claim claim = family == IpFamily.V4 ? arp(message) : advertisement(message);
      if (claim != null && asked.contains(claim.ip()) && !Arrays.equals(claim.mac(), link.mac())) {
        found.put(claim.ip(), HexFormat.ofDelimiter(":").formatHex(claim.mac()));
      }
    }
  }

  private record Claim(IpAddress ip, byte[] mac) {}

  /** Who sends from an address claims it; so does who probes for it at the same time as we do. */
  private static @Nullable Claim arp(ByteBuffer frame) {
    if (frame.remaining() < 42 || frame.getShort(16) != 0x0800) {
      return null;
    }
    byte[] mac = new byte[6];
    frame.get(22, mac);
    IpAddress sender = AddressBytes.read(frame.slice(28, 4), IpFamily.V4);
    return new Claim(
        sender.isFirst() ? AddressBytes.read(frame.slice(38, 4), IpFamily.V4) : sender, mac);
  }

  private static @Nullable Claim advertisement(ByteBuffer icmp) {
    if (icmp.remaining() < 24) {
      return null;
    }
    byte[] mac = new byte[6];
    if (icmp.remaining() >= 32 && icmp.get(24) == 2) {
      icmp.get(26, mac);
    }
    return new Claim(AddressBytes.read(icmp.slice(8, 16), IpFamily.V6), mac);
  }

  /** Tells everybody that these addresses are here now. */
  void announce(List<IpAddress> ips) throws IOException {
    try (RawSocket out = namespace.in(() -> RawSocket.frames(link.index(), 0))) {
      for (IpAddress ip : ips) {
        try {
          out.send(Frames.announcement(link.mac(), ip));
        } catch (KernelException e) {
          if (e.errno() != ENOBUFS) { // the closed gate, or a full queue
            throw e;
          }
        }
      }
    }
  }
}
