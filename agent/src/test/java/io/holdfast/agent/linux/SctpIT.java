package io.holdfast.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.linux.kernel.Link;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import io.holdfast.agent.linux.kernel.Netns;
import io.holdfast.agent.linux.kernel.RawSocket;
import io.holdfast.domain.model.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * SCTP through a gateway, as frames made by hand: many kernels translate SCTP and have no sockets
 * for it.
 */
@NeedsRoot
class SctpIT {
  private static final int IPV4 = 0x0800;

  @Test
  void dnatCarriesSctp() throws Exception {
    try (TestNet net = new TestNet();
        LinuxDriver driver = LinuxDriver.open(net.gateway("gw"))) {
      driver.begin("first");
      driver.renew(driver.arm(Duration.ofMinutes(5)));
      driver.apply(
          new Changes()
              .address("10.1.2.3/16")
              .rule("10.1.2.3", Changes.dnat(Protocol.SCTP, 9899, "192.168.0.2", 7777))
              .done());
      Netns inside = net.netns("gw-in");
      Link internal = link(inside, "int");
      Link external = link(net.outside, "ext");
      try (RawSocket in = inside.in(() -> RawSocket.frames(internal.index(), IPV4));
          RawSocket out = net.outside.in(() -> RawSocket.frames(external.index(), 0))) {
        out.send(frame(external.mac(), link(net.netns("gw"), "ext").mac()));
        ByteBuffer came = in.receive(5000);
        while (came != null && came.get(14 + 9) != (byte) 132) {
          came = in.receive(5000);
        }
        if (came == null) {
          throw new AssertionError("nothing came through");
        }
        byte[] to = new byte[4];
        came.get(14 + 16, to);
        assertThat(InetAddress.getByAddress(to).getHostAddress()).isEqualTo("192.168.0.2");
        assertThat(came.getShort(14 + 20 + 2)).isEqualTo((short) 7777);
      }
    }
  }

  private static Link link(Netns where, String name) throws IOException {
    try (NetlinkSocket route = where.in(() -> NetlinkSocket.open(NetlinkSocket.ROUTE))) {
      return Link.find(route, name);
    }
  }

  /** An INIT (RFC 9260) from 10.1.0.1:5000 to 10.1.2.3:9899. */
  private static byte[] frame(byte[] from, byte[] to) throws IOException {
    ByteBuffer sctp = ByteBuffer.allocate(32);
    sctp.putShort((short) 5000).putShort((short) 9899).putInt(0).putInt(0);
    sctp.putInt(0x0100_0014)
        .putInt(1)
        .putInt(65536)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(1);
    CRC32C crc = new CRC32C();
    crc.update(sctp.array());
    sctp.order(ByteOrder.LITTLE_ENDIAN).putInt(8, (int) crc.getValue());
    ByteBuffer ip = ByteBuffer.allocate(20);
    ip.putShort((short) 0x4500).putShort((short) 52).putInt(0);
    ip.put((byte) 64).put((byte) 132).putShort((short) 0);
    ip.put(InetAddress.ofLiteral("10.1.0.1").getAddress());
    ip.put(InetAddress.ofLiteral("10.1.2.3").getAddress());
    int sum = 0;
    for (int i = 0; i < 20; i += 2) {
      sum += ip.getShort(i) & 0xffff;
    }
    ip.putShort(10, (short) ~((sum & 0xffff) + (sum >> 16)));
    return ByteBuffer.allocate(66)
        .put(to)
        .put(from)
        .putShort((short) IPV4)
        .put(ip.array())
        .put(sctp.array())
        .array();
  }
}
