package io.holdfast.agent.linux;

import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.linux.kernel.AddressBytes;
import io.holdfast.agent.linux.kernel.Attributes;
import io.holdfast.agent.linux.kernel.KernelException;
import io.holdfast.agent.linux.kernel.Message;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of an interface. Those that Holdfast puts there say so: the kernel keeps with each
 * who put it there (IFA_PROTO, since Linux 5.18).
 */
final class Addresses {
  /** Any number above 3 that no other program uses; {@code ip addr} shows it as "proto 0x48". */
  static final int PROTO = 0x48;

  private static final int NEW = 20;
  private static final int DELETE = 21;
  private static final int GET = 22;
  private static final int EADDRNOTAVAIL = 99;
  private static final int SCOPE_LINK = 253;
  private static final int SCOPE_HOST = 254;
  private static final int NO_DETECTION = 0x02;

  private final NetlinkSocket route;

  Addresses(NetlinkSocket route) {
    this.route = route;
  }

  /**
   * Keeps IPv4 on the interface: with the last address of it the kernel takes away all its routes,
   * also those that an operator put there. RFC 7600 sets this address apart for nobody; nobody is
   * answered for it (see the gate), and nothing is sent from it (its scope is the host).
   */
  static final IpAddress ANCHOR = IpAddress.parse("192.0.0.8");

  /** Puts the anchor there. */
  void anchor(int link) throws IOException {
    byte[] bytes = AddressBytes.of(ANCHOR);
    Message message =
        new Message(NEW, Message.REQUEST | Message.ACK | Message.CREATE | Message.REPLACE)
            .u8(AddressBytes.AF_INET)
            .u8(32)
            .u8(0)
            .u8(SCOPE_HOST)
            .u32(link)
            .attribute(2, bytes)
            .attribute(1, bytes)
            .attributeU8(11, PROTO);
    NetlinkSocket.Answer answer = route.each(List.of(message)).getFirst();
    if (answer.errno() != 0) {
      throw new KernelException("add " + ANCHOR, answer.errno(), answer.said());
    }
  }

  /** An address with its prefix length, as it is on the interface. */
  record Entry(IpAddress ip, int prefixLength) {}

  /** What the kernel would not do, and why in words. */
  record Refused(Entry entry, String words) {}

  /** All but those of link and host scope: every interface has such, for its own use. */
  List<Inventory.Address> all(int link) throws IOException {
    List<Inventory.Address> found = new ArrayList<>();
    for (IpFamily family : IpFamily.values()) {
      found.addAll(all(link, family));
    }
    return found;
  }

  List<Inventory.Address> all(int link, IpFamily family) throws IOException {
    Message ask = header(GET, Message.REQUEST | Message.DUMP, AddressBytes.family(family), 0, link);
    return route.dump(
        ask,
        (body, into) -> {
          Inventory.Address address = read(body, link);
          if (address != null) {
            into.add(address);
          }
        });
  }

  /** One IPv6 address, at the cost of one; the kernel has no such question for IPv4. */
  Inventory.@Nullable Address getV6(int link, IpAddress ip) throws IOException {
    List<Inventory.Address> found = new ArrayList<>(1);
    Message ask =
        header(GET, Message.REQUEST, AddressBytes.AF_INET6, 0, link)
            .attribute(1, AddressBytes.of(ip));
    NetlinkSocket.Answer answer =
        route.get(
            ask,
            body -> {
              Inventory.Address address = read(body, link);
              if (address != null) {
                found.add(address);
              }
            });
    if (answer.errno() != 0 && answer.errno() != EADDRNOTAVAIL) {
      throw new KernelException("look for " + ip, answer.errno(), answer.said());
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  private static Inventory.@Nullable Address read(ByteBuffer body, int link) {
    IpFamily family = body.get(0) == AddressBytes.AF_INET ? IpFamily.V4 : IpFamily.V6;
    int prefixLength = body.get(1) & 0xff;
    if (body.getInt(4) != link || (body.get(3) & 0xff) >= SCOPE_LINK) {
      return null;
    }
    Attributes attributes = Attributes.read(body.position(8));
    ByteBuffer local = attributes.get(attributes.has(2) ? 2 : 1);
    return local == null
        ? null
        : new Inventory.Address(
            AddressBytes.read(local, family), prefixLength, attributes.u8(11, 0) == PROTO);
  }

  /** Returns what the kernel refused; an address that is there becomes Holdfast's. */
  List<Refused> add(int link, List<Entry> entries) throws IOException {
    List<Message> messages = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      int flags = Message.REQUEST | Message.ACK | Message.CREATE | Message.REPLACE;
      byte[] bytes = AddressBytes.of(entry.ip());
      // The kernel's own detection of duplicates (IPv6) would keep the address silent for a
      // second; it is done before, for both families: see Neighbours.
      messages.add(
          header(
                  NEW,
                  flags,
                  AddressBytes.family(entry.ip().family()),
                  entry.prefixLength(),
                  link,
                  entry.ip().family() == IpFamily.V6 ? NO_DETECTION : 0)
              .attribute(2, bytes)
              .attribute(1, bytes)
              .attributeU8(11, PROTO));
    }
    return refused("add", entries, route.each(messages), 0);
  }

  /**
   * Exactly these, with exactly these lengths; one that is not there is no error. Returns what the
   * kernel refused.
   */
  List<Refused> remove(int link, List<Entry> some) throws IOException {
    List<Entry> entries = some.size() < 2 ? some : lastFirst(link, some);
    List<Message> messages = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      byte[] bytes = AddressBytes.of(entry.ip());
      messages.add(
          header(
                  DELETE,
                  Message.REQUEST | Message.ACK,
                  AddressBytes.family(entry.ip().family()),
                  entry.prefixLength(),
                  link)
              .attribute(2, bytes)
              .attribute(1, bytes));
    }
    return refused("remove", entries, route.each(messages), EADDRNOTAVAIL);
  }

  /**
   * The later ones first. The first IPv4 address of a prefix is its primary one, and when that goes
   * the kernel makes all others anew (40 ms at 10,000): it is to go last.
   */
  private List<Entry> lastFirst(int link, List<Entry> entries) throws IOException {
    Map<Entry, Integer> places = new HashMap<>();
    for (Inventory.Address address : all(link)) {
      places.put(new Entry(address.ip(), address.prefixLength()), places.size());
    }
    return entries.stream()
        .sorted(Comparator.comparingInt((Entry e) -> places.getOrDefault(e, -1)).reversed())
        .toList();
  }

  private static List<Refused> refused(
      String action, List<Entry> entries, List<NetlinkSocket.Answer> answers, int allowed) {
    List<Refused> refused = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      NetlinkSocket.Answer answer = answers.get(i);
      if (answer.errno() != 0 && answer.errno() != allowed) {
        Entry entry = entries.get(i);
        String what = action + " " + entry.ip() + "/" + entry.prefixLength();
        String words =
            String.valueOf(new KernelException(what, answer.errno(), answer.said()).getMessage());
        refused.add(new Refused(entry, words));
      }
    }
    return refused;
  }

  private static Message header(int type, int flags, int family, int prefixLength, int link) {
    return header(type, flags, family, prefixLength, link, 0);
  }

  private static Message header(
      int type, int flags, int family, int prefixLength, int link, int addressFlags) {
    return new Message(type, flags).u8(family).u8(prefixLength).u8(addressFlags).u8(0).u32(link);
  }
}
