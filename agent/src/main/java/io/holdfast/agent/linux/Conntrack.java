package io.holdfast.agent.linux;

import io.holdfast.agent.linux.kernel.AddressBytes;
import io.holdfast.agent.linux.kernel.Attributes;
import io.holdfast.agent.linux.kernel.KernelException;
import io.holdfast.agent.linux.kernel.Message;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The kernel's table of connections, which go on with the rules they began with. */
final class Conntrack {
  private static final int GET = 1 << 8 | 1;
  private static final int DELETE = 1 << 8 | 2;
  private static final int ENOENT = 2;

  private final NetlinkSocket netfilter;

  Conntrack(NetlinkSocket netfilter) {
    this.netfilter = netfilter;
  }

  /**
   * A connection: where its first packet went, and where its answers come from and go to.
   *
   * @param protocol number as in an IP header
   * @param port destination of the first packet; 0 if the protocol has none
   * @param replyPort where its answers come from; 0 if the protocol has none
   * @param expected a helper (FTP, SIP) foresaw it because of another connection
   */
  record Connection(
      IpAddress from,
      IpAddress to,
      int protocol,
      int port,
      IpAddress replyFrom,
      int replyPort,
      IpAddress replyTo,
      boolean expected) {}

  /** Ends those that the test is true for, and returns their number. */
  int end(Predicate<Connection> test) throws IOException {
    List<Message> deletions =
        netfilter.dump(
            Message.netfilter(GET, Message.REQUEST | Message.DUMP, 0, 0), // of both families
            (body, into) -> {
              Message deletion = read(body, test);
              if (deletion != null) {
                into.add(deletion);
              }
            });
    int ended = 0;
    for (NetlinkSocket.Answer answer : netfilter.each(deletions)) {
      if (answer.errno() == 0) {
        ended++;
      } else if (answer.errno() != ENOENT) { // it may have ended by itself
        throw new KernelException("end a connection", answer.errno(), answer.said());
      }
    }
    return ended;
  }

  /** The message that ends it; null if it is not to end. */
  private static @Nullable Message read(ByteBuffer body, Predicate<Connection> test) {
    int number = body.get(0);
    IpFamily family = number == AddressBytes.AF_INET ? IpFamily.V4 : IpFamily.V6;
    Attributes entry = Attributes.read(body.position(4));
    Attributes original = entry.nested(1);
    Attributes reply = entry.nested(2);
    IpAddress from = address(original, family, false);
    IpAddress to = address(original, family, true);
    IpAddress replyFrom = address(reply, family, false);
    IpAddress replyTo = address(reply, family, true);
    if (from == null || to == null || replyFrom == null || replyTo == null) {
      return null;
    }
    Attributes protocol = original.nested(2);
    Connection connection =
        new Connection(
            from,
            to,
            protocol.u8(1, 0),
            protocol.be16(3, 0),
            replyFrom,
            reply.nested(2).be16(2, 0),
            replyTo,
            entry.has(14));
    if (!test.test(connection)) {
      return null;
    }
    Message deletion = Message.netfilter(DELETE, Message.REQUEST | Message.ACK, number, 0);
    int nested = 0x8000;
    deletion.attribute(1 | nested, entry.bytes(1)).attribute(12, entry.bytes(12));
    if (entry.has(18)) {
      deletion.attribute(18, entry.bytes(18));
    }
    return deletion;
  }

  private static @Nullable IpAddress address(
      Attributes tuple, IpFamily family, boolean destination) {
    int type = (family == IpFamily.V4 ? 1 : 3) + (destination ? 1 : 0);
    ByteBuffer value = tuple.nested(1).get(type);
    return value == null ? null : AddressBytes.read(value, family);
  }
}
