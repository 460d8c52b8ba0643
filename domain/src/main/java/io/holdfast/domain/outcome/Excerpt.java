package io.holdfast.domain.outcome;

/**
 * The beginning of a text that somebody gave us. What is quoted goes into answers, events and rows,
 * and must not make them larger than a topic takes.
 */
public final class Excerpt {
  /** So much of a value is quoted, UTF-16 characters. */
  public static final int VALUE = 300;

  /** So long are texts for people at most, UTF-16 characters. */
  public static final int DETAIL = 1_000;

  private Excerpt() {}

  /**
   * The text, or as much of its beginning as fits, and how long it was. Never longer than {@code
   * most}, so that an excerpt of an excerpt is the same.
   *
   * @param most UTF-16 characters; room for the length, so at least 50
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    String rest = "... (" + text.length() + " characters)";
    int end = most - rest.length();
    boolean splits = Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, splits ? end - 1 : end) + rest;
  }
}
