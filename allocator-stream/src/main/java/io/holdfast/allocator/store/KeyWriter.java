package io.holdfast.allocator.store;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes key parts so that the bytes, compared unsigned, are in the order of the parts: what
 * RocksDB compares.
 *
 * <p>A string ends with two zero bytes; a zero byte within it is followed by 0xff, so that no
 * string can end early or reach into the next part.
 */
final class KeyWriter {
  static final byte ESCAPED = (byte) 0xff;

  private byte[] bytes = new byte[64];
  private int length;

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  KeyWriter octet(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  KeyWriter raw(byte[] part) {
    room(part.length);
    System.arraycopy(part, 0, bytes, length, part.length);
    length += part.length;
    return this;
  }

  KeyWriter text(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    room(2 * encoded.length + 2);
    for (byte octet : encoded) {
      bytes[length++] = octet;
      if (octet == 0) {
        bytes[length++] = ESCAPED;
      }
    }
    bytes[length++] = 0;
    bytes[length++] = 0;
    return this;
  }

  /** A number that is not negative, 8 bytes, most significant first. */
  KeyWriter number(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** The family, then 4 or 16 bytes. */
  KeyWriter ip(IpAddress ip) {
    if (ip.family() == IpFamily.V4) {
      octet(4);
      room(4);
      for (int shift = 24; shift >= 0; shift -= 8) {
        bytes[length++] = (byte) (ip.lo() >>> shift);
      }
      return this;
    }
    return octet(6).number(ip.hi()).number(ip.lo());
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
