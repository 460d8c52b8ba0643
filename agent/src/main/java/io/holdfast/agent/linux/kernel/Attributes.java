package io.holdfast.agent.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of a netlink message that came, by type. */
public final class Attributes {
  private final Map<Integer, ByteBuffer> byType;

  private Attributes(Map<Integer, ByteBuffer> byType) {
    this.byType = byType;
  }

  /** Reads those from the buffer's position to its limit; of two of one type, the later. */
  public static Attributes read(ByteBuffer from) {
    Map<Integer, ByteBuffer> found = new HashMap<>();
    each(from, found::put);
    return new Attributes(found);
  }

  /** What is done with each attribute: its type and its value. */
  @FunctionalInterface
  public interface Visitor {
    void visit(int type, ByteBuffer value);
  }

  /** For lists, whose attributes are all of one type. */
  public static void each(ByteBuffer from, Visitor visitor) {
    ByteBuffer in = from.duplicate().order(ByteOrder.nativeOrder());
    while (in.remaining() >= 4) {
      int start = in.position();
      int length = in.getShort() & 0xffff;
      int type = in.getShort() & 0x3fff; // without the flags for nested and network order
      if (length < 4 || start + length > in.limit()) {
        throw new IllegalArgumentException("netlink attribute of " + length + " bytes");
      }
      visitor.visit(type, in.slice(start + 4, length - 4).order(ByteOrder.nativeOrder()));
      in.position(Math.min(in.limit(), start + (length + 3 & ~3)));
    }
  }

  public boolean has(int type) {
    return byType.containsKey(type);
  }

  /** Its value, null if there is none. */
  public @Nullable ByteBuffer get(int type) {
    ByteBuffer value = byType.get(type);
    return value == null ? null : value.duplicate().order(ByteOrder.nativeOrder());
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
    return value == null ? new Attributes(Map.of()) : read(value);
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
