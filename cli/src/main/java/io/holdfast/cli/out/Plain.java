package io.holdfast.cli.out;

/** Keeps what a stranger wrote (an owner's name, a reason) from steering the terminal. */
public final class Plain {
  private Plain() {}

  /** One line without control characters. */
  public static String line(String text) {
    if (text.codePoints().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder b = new StringBuilder(text.length());
    text.codePoints().forEach(c -> b.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return b.toString();
  }
}
