package io.holdfast.agent.linux;

import io.holdfast.agent.linux.kernel.Attributes;
import io.holdfast.agent.linux.kernel.KernelException;
import io.holdfast.agent.linux.kernel.Message;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import io.holdfast.domain.net.IpFamily;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** Messages about one nftables set or map, and the elements in answers. */
record NftSet(int family, String table, String name) {
  static final int INET = 1;
  static final int NETDEV = 5;

  private static final int SUBSYSTEM = 10 << 8;
  private static final int GET_SET = SUBSYSTEM | 10;
  private static final int NEW_ELEMENTS = SUBSYSTEM | 12;
  private static final int GET_ELEMENTS = SUBSYSTEM | 13;
  private static final int DELETE_ELEMENTS = SUBSYSTEM | 14;

  /** Bytes from which on a message may have no room for another element. */
  private static final int FULL = 3_600;

  /** The addresses of a family that are behind the gate. */
  static NftSet gate(String table, IpFamily family) {
    return new NftSet(NETDEV, table, family == IpFamily.V4 ? "eip4" : "eip6");
  }

  /** An element as it is in the kernel; no data in a set. */
  record Entry(byte[] key, byte[] data, String comment) {}

  /** Asks for the elements with these keys, or with {@link Message#DUMP} for all. */
  Message ask(int flags, List<byte[]> keys) {
    return message(GET_ELEMENTS, Message.REQUEST | flags, keys, Duration.ZERO);
  }

  /** Adds elements; those with a timeout other than zero go by themselves. */
  Message add(List<byte[]> keys, Duration timeout) {
    return message(NEW_ELEMENTS, Message.REQUEST | Message.ACK | Message.CREATE, keys, timeout);
  }

  /** Fails if one of them is not there, or has timed out. */
  Message delete(List<byte[]> keys) {
    return message(DELETE_ELEMENTS, Message.REQUEST | Message.ACK, keys, Duration.ZERO);
  }

  Message deleteAll() {
    return message(DELETE_ELEMENTS, Message.REQUEST | Message.ACK, List.of(), Duration.ZERO);
  }

  /** Adds elements, in as many messages as it takes; those that are there so are no error. */
  List<Message> add(Collection<Entry> elements) {
    return messages(NEW_ELEMENTS, Message.CREATE, elements);
  }

  /** Deletes elements by their keys, in as many messages as it takes; fails if one is not there. */
  List<Message> delete(Collection<Entry> elements) {
    return messages(DELETE_ELEMENTS, 0, elements);
  }

  private List<Message> messages(int type, int flags, Collection<Entry> elements) {
    List<Message> all = new ArrayList<>();
    Iterator<Entry> left = elements.iterator();
    while (left.hasNext()) {
      Message message =
          Message.netfilter(type, Message.REQUEST | Message.ACK | flags, family, 0)
              .text(1, table)
              .text(2, name);
      int list = message.open(3);
      while (left.hasNext() && message.size() < FULL) {
        write(message, left.next());
      }
      all.add(message.close(list));
    }
    return all;
  }

  private static void write(Message message, Entry entry) {
    int element = message.open(1);
    int key = message.open(1);
    message.attribute(1, entry.key()).close(key);
    if (entry.data().length > 0) {
      int data = message.open(2);
      message.attribute(1, entry.data()).close(data);
    }
    if (!entry.comment().isEmpty()) {
      message.attribute(6, userData(entry.comment()));
    }
    message.close(element);
  }

  private Message message(int type, int flags, List<byte[]> keys, Duration timeout) {
    Message message = Message.netfilter(type, flags, family, 0).text(1, table).text(2, name);
    if (keys.isEmpty()) {
      return message;
    }
    int list = message.open(3);
    for (byte[] key : keys) {
      int element = message.open(1);
      int outer = message.open(1);
      message.attribute(1, key).close(outer);
      if (!timeout.isZero()) {
        message.attributeBe64(4, timeout.toMillis());
      }
      message.close(element);
    }
    return message.close(list);
  }

  /** Frames messages so that they are done all or none. */
  static List<Message> framed(List<Message> messages) {
    List<Message> all = new java.util.ArrayList<>(messages.size() + 2);
    all.add(Message.netfilter(16, Message.REQUEST, 0, 10));
    all.addAll(messages);
    all.add(Message.netfilter(17, Message.REQUEST, 0, 10));
    return all;
  }

  static void each(ByteBuffer body, Consumer<Entry> consumer) {
    ByteBuffer list = Attributes.read(body.position(4)).get(3);
    if (list == null) {
      return;
    }
    Attributes.each(
        list,
        (type, value) -> {
          Attributes element = Attributes.read(value);
          consumer.accept(
              new Entry(
                  element.nested(1).bytes(1),
                  element.nested(2).bytes(1),
                  comment(element.bytes(6))));
        });
  }

  /** As {@link #comment} reads it. */
  private static byte[] userData(String comment) {
    byte[] text = comment.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(text.length + 3)
        .put((byte) 0)
        .put((byte) (text.length + 1))
        .put(text)
        .array();
  }

  /** User data is a list of type, length, value, a byte each for the first two; 0 is a comment. */
  static String comment(byte[] userData) {
    for (int at = 0; at + 2 <= userData.length; at += 2 + (userData[at + 1] & 0xff)) {
      int length = userData[at + 1] & 0xff;
      if (userData[at] == 0 && length > 0 && at + 2 + length <= userData.length) {
        return new String(userData, at + 2, length - 1, StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  /** Names of a table's sets and maps; none if there is no such table. */
  static List<String> names(NetlinkSocket netfilter, int family, String table) throws IOException {
    try {
      return netfilter.dump(
          Message.netfilter(GET_SET, Message.REQUEST | Message.DUMP, family, 0).text(1, table),
          (body, into) -> into.add(Attributes.read(body.position(4)).text(2)));
    } catch (KernelException e) {
      if (e.errno() == 2) {
        return List.of();
      }
      throw e;
    }
  }
}
