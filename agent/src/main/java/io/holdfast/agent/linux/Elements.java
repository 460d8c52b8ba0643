package io.holdfast.agent.linux;

import io.holdfast.agent.linux.kernel.AddressBytes;
import io.holdfast.agent.linux.kernel.KernelException;
import io.holdfast.agent.linux.kernel.Message;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of a gateway's maps from the kernel: one at the cost of one, or all. {@code
 * nft get element} fetches the whole map first (80 ms at 10,000), so nft is not asked.
 */
final class Elements {
  private static final int ENOENT = 2;

  private final NetlinkSocket netfilter;
  private final String table;

  Elements(NetlinkSocket netfilter, String table) {
    this.netfilter = netfilter;
    this.table = table;
  }

  /** Null if it is not there, or the map is not. */
  @Nullable NatElement get(NatKey key) throws IOException {
    NftSet set = new NftSet(NftSet.INET, table, key.map().name());
    List<NatElement> found = new ArrayList<>(1);
    NetlinkSocket.Answer answer =
        netfilter.get(
            set.ask(0, List.of(encode(key))),
            body -> NftSet.each(body, e -> found.add(decode(key.map(), e))));
    if (answer.errno() != 0 && answer.errno() != ENOENT) {
      throw new KernelException("look for " + key, answer.errno(), answer.said());
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  List<NatElement> all(NatMap map) throws IOException {
    NftSet set = new NftSet(NftSet.INET, table, map.name());
    try {
      return netfilter.dump(
          set.ask(Message.DUMP, List.of()),
          (body, into) -> NftSet.each(body, e -> into.add(decode(map, e))));
    } catch (KernelException e) {
      if (e.errno() == ENOENT) {
        return List.of();
      }
      throw e;
    }
  }

  /** Elements changed together, all or none. */
  void run(ElementChange change) throws IOException {
    change.run(netfilter);
  }

  /** Whether there is a gate at all. */
  boolean hasGate() throws IOException {
    return NftSet.names(netfilter, NftSet.NETDEV, table).contains("eip6");
  }

  /** The addresses behind the gate; none if there is no gate. */
  Set<IpAddress> gated() throws IOException {
    Set<IpAddress> gated = new HashSet<>();
    for (IpFamily family : IpFamily.values()) {
      NftSet set = NftSet.gate(table, family);
      try {
        gated.addAll(
            netfilter.<IpAddress>dump(
                set.ask(Message.DUMP, List.of()),
                (body, into) ->
                    NftSet.each(
                        body, e -> into.add(AddressBytes.read(ByteBuffer.wrap(e.key()), family)))));
      } catch (KernelException e) {
        if (e.errno() != ENOENT) {
          throw e;
        }
      }
    }
    return gated;
  }

  /** The maps that the table has. */
  List<NatMap> maps() throws IOException {
    List<NatMap> maps = new ArrayList<>();
    for (String name : NftSet.names(netfilter, NftSet.INET, table)) {
      NatMap map = NatMap.parse(name);
      if (map != null) {
        maps.add(map);
      }
    }
    return maps;
  }

  /** Each field fills up to 4 bytes, if there are several. */
  static byte[] encode(NatKey key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(AddressBytes.of(key.ip()));
    if (key.map().kind() == NatMap.Kind.DNAT) {
      out.writeBytes(new byte[] {(byte) number(key.protocol()), 0, 0, 0});
      out.writeBytes(new byte[] {(byte) (key.port() >> 8), (byte) key.port(), 0, 0});
    }
    return out.toByteArray();
  }

  /** As {@link #decode} reads it. */
  static NftSet.Entry encode(NatElement element) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(AddressBytes.of(element.value().ip()));
    if (element.key().map().kind() == NatMap.Kind.DNAT) {
      int port = element.value().port();
      data.writeBytes(new byte[] {(byte) (port >> 8), (byte) port, 0, 0});
    }
    return new NftSet.Entry(encode(element.key()), data.toByteArray(), element.comment());
  }

  private static NatElement decode(NatMap map, NftSet.Entry entry) {
    IpFamily family = map.family();
    ByteBuffer key = ByteBuffer.wrap(entry.key()).order(ByteOrder.BIG_ENDIAN);
    ByteBuffer data = ByteBuffer.wrap(entry.data()).order(ByteOrder.BIG_ENDIAN);
    IpAddress first = AddressBytes.read(key, family);
    IpAddress second = AddressBytes.read(data, family);
    Protocol protocol = Protocol.UNKNOWN;
    int port = 0;
    int internalPort = 0;
    if (map.kind() == NatMap.Kind.DNAT) {
      protocol = protocol(key.get(key.position()));
      port = key.getShort(key.position() + 4) & 0xffff;
      internalPort = data.getShort() & 0xffff;
    }
    return new NatElement(
        new NatKey(map, first, protocol, port),
        new NatValue(second, internalPort),
        entry.comment());
  }

  private static Protocol protocol(int number) {
    return switch (number & 0xff) {
      case 6 -> Protocol.TCP;
      case 17 -> Protocol.UDP;
      case 132 -> Protocol.SCTP;
      default -> Protocol.UNKNOWN;
    };
  }

  /** As in an IP header. */
  static int number(Protocol protocol) {
    return switch (protocol) {
      case TCP -> 6;
      case UDP -> 17;
      case SCTP -> 132;
      case UNKNOWN -> 0;
    };
  }
}
