package io.holdfast.agent.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The attributes of a netlink message that came. Few, so they are searched, not indexed. */
public final class Attributes {
  private static final int TYPE = 0x3fff; // without the flags for nested and network order

  private final ByteBuffer from;

  private Attributes(ByteBuffer from) {
    this.from = from;
  }

  /** Those from the buffer's position to its limit. */
  public static Attributes read(ByteBuffer from) {
    return new Attributes(from.slice().order(ByteOrder.nativeOrder()));
  }

  /** What is done with each attribute: its type and its value. */
  @FunctionalInterface
  public interface Visitor {
    void visit(int type, ByteBuffer value);
  }

  /** For lists, whose attributes are all of one type. */
  public static void each(ByteBuffer from, Visitor visitor) {
    ByteBuffer in = from.slice().order(ByteOrder.nativeOrder());
    for (int at = 0; at + 4 <= in.limit(); at = after(in, at)) {
      visitor.visit(in.getShort(at + 2) & TYPE, value(in, at));
    }
  }

  /** Where the next one begins. */
  private static int after(ByteBuffer in, int at) {
    int length = in.getShort(at) & 0xffff;
    if (length < 4 || at + length > in.limit()) {
      throw new IllegalArgumentException("netlink attribute of " + length + " bytes");
    }
    return at + (length + 3 & ~3);
  }

  private static ByteBuffer value(ByteBuffer in, int at) {
    int length = (in.getShort(at) & 0xffff) - 4;
    return in.slice(at + 4, length).order(ByteOrder.nativeOrder());
  }

  public boolean has(int type) {
    return find(type) >= 0;
  }

  private int find(int type) {
    for (int at = 0; at + 4 <= from.limit(); at = after(from, at)) {
      if ((from.getShort(at + 2) & TYPE) == type) {
        return at;
      }
    }
    return -1;
  }

  /** Its value, null if there is none. */
  public @Nullable ByteBuffer get(int type) {
    int at = find(type);
    return at < 0 ? null : value(from, at);
  }

  /** Empty if there is none. */
  public byte[] bytes(int type) {
    ByteBuffer value = get(type);
    if (value == null) {
      return new byte[0];
    }
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }

  /** The attributes in it; none if there is no such. */
  public Attributes nested(int type) {
    ByteBuffer value = get(type);
    return read(value == null ? ByteBuffer.allocate(0) : value);
  }

  /** An unsigned byte; {@code otherwise} if there is none. */
  public int u8(int type, int otherwise) {
    ByteBuffer value = get(type);
    return value == null ? otherwise : value.get(0) & 0xff;
  }

  /** In the machine's byte order. */
  public int u32(int type, int otherwise) {
    ByteBuffer value = get(type);
    return value == null ? otherwise : value.getInt(0);
  }

  /** In network byte order. */
  public int be16(int type, int otherwise) {
    ByteBuffer value = get(type);
    return value == null ? otherwise : value.order(ByteOrder.BIG_ENDIAN).getShort(0) & 0xffff;
  }

  /** Up to its first zero byte; empty if there is none. */
  public String text(int type) {
    byte[] bytes = bytes(type);
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, java.nio.charset.StandardCharsets.UTF_8);
  }
}
