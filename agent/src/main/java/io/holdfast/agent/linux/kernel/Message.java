package io.holdfast.agent.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One netlink message that is being written: header, fixed part, attributes. Numbers of the fixed
 * part are in the machine's byte order; nf_tables and conntrack want those in attributes in network
 * order.
 */
public final class Message {
  public static final int REQUEST = 0x1;
  public static final int ACK = 0x4;
  public static final int DUMP = 0x300;
  public static final int REPLACE = 0x100;
  public static final int EXCLUSIVE = 0x200;
  public static final int CREATE = 0x400;

  static final int HEADER = 16;
  private static final int NESTED = 0x8000;
  private static final int LIMIT = 4096;

  private final ByteBuffer bytes =
      ByteBuffer.allocate(LIMIT).order(ByteOrder.nativeOrder()).position(HEADER);

  public Message(int type, int flags) {
    bytes.putShort(4, (short) type).putShort(6, (short) flags);
  }

  /** The kernel is to say when it is done. */
  Message asAcknowledged() {
    bytes.putShort(6, (short) (flags() | ACK));
    return this;
  }

  /** The fixed part of netfilter's messages. */
  public static Message netfilter(int type, int flags, int family, int resource) {
    Message message = new Message(type, flags).u8(family).u8(0);
    message.bytes.put((byte) (resource >> 8)).put((byte) resource);
    return message;
  }

  public Message u8(int value) {
    bytes.put((byte) value);
    return this;
  }

  public Message u32(int value) {
    bytes.putInt(value);
    return this;
  }

  public Message attribute(int type, byte[] value) {
    bytes.putShort((short) (value.length + 4)).putShort((short) type).put(value);
    pad();
    return this;
  }

  /** A text that ends with a zero byte. */
  public Message text(int type, String value) {
    byte[] ascii = value.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    return attribute(type, java.util.Arrays.copyOf(ascii, ascii.length + 1));
  }

  public Message attributeU8(int type, int value) {
    return attribute(type, new byte[] {(byte) value});
  }

  /** In the machine's byte order. */
  public Message attributeU32(int type, int value) {
    bytes.putShort((short) 8).putShort((short) type).putInt(value);
    return this;
  }

  /** In network byte order. */
  public Message attributeBe64(int type, long value) {
    return attribute(type, ByteBuffer.allocate(8).putLong(value).array());
  }

  /** Opens a nest; {@link #close} it with what this returns. */
  public int open(int type) {
    int at = bytes.position();
    bytes.putShort((short) 0).putShort((short) (type | NESTED));
    return at;
  }

  public Message close(int nest) {
    bytes.putShort(nest, (short) (bytes.position() - nest));
    return this;
  }

  private void pad() {
    while (bytes.position() % 4 != 0) {
      bytes.put((byte) 0);
    }
  }

  int flags() {
    return bytes.getShort(6) & 0xffff;
  }

  /** Bytes written so far; a message has room for 4,096. */
  public int size() {
    return bytes.position();
  }

  void writeTo(ByteBuffer out, int sequence) {
    bytes.putInt(0, bytes.position()).putInt(8, sequence).putInt(12, 0);
    out.put(bytes.duplicate().flip());
  }
}
