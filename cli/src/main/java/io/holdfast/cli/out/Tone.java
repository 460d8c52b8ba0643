package io.holdfast.cli.out;

/** What a cell means; a terminal with colours shows it, and nothing is said by colour alone. */
public enum Tone {
  PLAIN(""),
  GOOD("\u001b[32m"),
  BAD("\u001b[31m"),
  WAITING("\u001b[33m"),
  FAINT("\u001b[2m"),
  HEADING("\u001b[1m");

  private static final String END = "\u001b[0m";
  private final String start;

  Tone(String start) {
    this.start = start;
  }

  String paint(String text, boolean colour) {
    return !colour || start.isEmpty() || text.isBlank() ? text : start + text + END;
  }
}
