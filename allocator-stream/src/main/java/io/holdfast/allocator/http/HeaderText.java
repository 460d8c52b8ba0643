package io.holdfast.allocator.http;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Text for people in a request header: plain ASCII, or an RFC 8187 value ({@code
 * UTF-8''gr%C3%BC%C3%9Fe}).
 */
final class HeaderText {
  private static final String EXTENDED = "UTF-8''";
  private static final int MAX = 1024;

  private HeaderText() {}

  static String of(Context ctx, String header, String otherwise) {
    String value = ctx.header(header);
    if (value == null || value.isBlank()) {
      return otherwise;
    }
    String text =
        value.regionMatches(true, 0, EXTENDED, 0, EXTENDED.length()) ? decode(value) : value;
    boolean hasControl = text.chars().anyMatch(Character::isISOControl);
    if (text.length() > MAX || hasControl) {
      throw ProblemException.invalid(header, text, "at most " + MAX + " characters on one line");
    }
    return text.strip();
  }

  private static String decode(String value) {
    try {
      // The decoder is for forms, where '+' is a blank.
      return URLDecoder.decode(
          value.substring(EXTENDED.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
