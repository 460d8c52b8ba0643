package io.holdfast.allocator.store;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.nio.charset.StandardCharsets;

/** Reads what {@link KeyWriter} wrote, part by part. */
final class KeyReader {
  private final byte[] bytes;
  private int at;

  KeyReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  int octet() {
    return bytes[at++] & 0xff;
  }

  String text() {
    byte[] text = new byte[bytes.length - at];
    int length = 0;
    while (bytes[at] != 0 || bytes[at + 1] == KeyWriter.ESCAPED) {
      text[length++] = bytes[at];
      at += bytes[at] == 0 ? 2 : 1;
    }
    at += 2;
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  long number() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | octet();
    }
    return value;
  }

  IpAddress ip() {
    if (octet() == 6) {
      return new IpAddress(IpFamily.V6, number(), number());
    }
    long value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | octet();
    }
    return new IpAddress(IpFamily.V4, 0, value);
  }
}
