package io.holdfast.agent.linux;

import io.holdfast.agent.linux.kernel.AddressBytes;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.nio.ByteBuffer;

/** Ethernet frames about who has an address: ARP (RFC 826, 5227) and neighbour discovery (4861). */
final class Frames {
  private static final byte[] BROADCAST = {-1, -1, -1, -1, -1, -1};
  private static final byte[] ALL_NODES = {0x33, 0x33, 0, 0, 0, 1};
  private static final IpAddress ALL_NODES_ADDRESS = IpAddress.parse("ff02::1");
  private static final IpAddress UNSPECIFIED = IpAddress.parse("::");

  private Frames() {}

  /** Asks whether anybody has the address, without telling anybody anything. */
  static byte[] probe(byte[] mac, IpAddress ip) {
    if (ip.family() == IpFamily.V4) {
      return arp(1, mac, new byte[4], new byte[6], AddressBytes.of(ip));
    }
    // RFC 4291: solicited-node multicast
    IpAddress group =
        new IpAddress(
            IpFamily.V6, 0xff02_0000_0000_0000L, 0x0000_0001_ff00_0000L | (ip.lo() & 0xff_ffff));
    byte[] to = {0x33, 0x33, -1, (byte) (ip.lo() >> 16), (byte) (ip.lo() >> 8), (byte) ip.lo()};
    ByteBuffer body = ByteBuffer.allocate(24).putInt(0x8700_0000).putInt(0);
    body.put(AddressBytes.of(ip));
    return icmp(to, mac, UNSPECIFIED, group, body.array());
  }

  /** Tells everybody that the address is here. */
  static byte[] announcement(byte[] mac, IpAddress ip) {
    if (ip.family() == IpFamily.V4) {
      byte[] bytes = AddressBytes.of(ip);
      return arp(1, mac, bytes, new byte[6], bytes);
    }
    ByteBuffer body = ByteBuffer.allocate(32).putInt(0x8800_0000).putInt(0xa000_0000);
    body.put(AddressBytes.of(ip)).put((byte) 2).put((byte) 1).put(mac);
    return icmp(ALL_NODES, mac, ip, ALL_NODES_ADDRESS, body.array());
  }

  private static byte[] arp(int operation, byte[] mac, byte[] from, byte[] toMac, byte[] to) {
    return ByteBuffer.allocate(42)
        .put(BROADCAST)
        .put(mac)
        .putShort((short) 0x0806)
        .putShort((short) 1)
        .putShort((short) 0x0800)
        .put((byte) 6)
        .put((byte) 4)
        .putShort((short) operation)
        .put(mac)
        .put(from)
        .put(toMac)
        .put(to)
        .array();
  }

  private static byte[] icmp(byte[] to, byte[] mac, IpAddress from, IpAddress group, byte[] body) {
    ByteBuffer pseudo = ByteBuffer.allocate(40 + body.length);
    pseudo.put(AddressBytes.of(from)).put(AddressBytes.of(group)).putInt(body.length).putInt(58);
    pseudo.put(body);
    ByteBuffer frame = ByteBuffer.allocate(54 + body.length);
    frame.put(to).put(mac).putShort((short) 0x86dd);
    frame.putInt(0x6000_0000).putShort((short) body.length).put((byte) 58).put((byte) 255);
    frame.put(AddressBytes.of(from)).put(AddressBytes.of(group)).put(body);
    return frame.putShort(56, checksum(pseudo.flip())).array();
  }

  /** RFC 1071, over an even number of bytes. */
  private static short checksum(ByteBuffer bytes) {
    long sum = 0;
    while (bytes.hasRemaining()) {
      sum += bytes.getShort() & 0xffff;
    }
    while (sum >> 16 != 0) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return (short) ~sum;
  }
}
