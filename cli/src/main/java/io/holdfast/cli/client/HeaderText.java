package io.holdfast.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Text for people in an HTTP header. A header is one line of ASCII; text with anything else in it
 * is written as an RFC 8187 value ({@code UTF-8''gr%C3%BC%C3%9Fe}), which no plain text looks like.
 */
final class HeaderText {
  private static final String EXTENDED = "UTF-8''";

  private HeaderText() {}

  static String of(String text) {
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 0x7f) && !text.startsWith(EXTENDED);
    return plain
        ? text
        : EXTENDED + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
