package io.holdfast.cli.out;

/**
 * A piece of text and what it means.
 *
 * @param text without control characters
 */
public record Cell(String text, Tone tone) {
  public Cell {
    text = Plain.line(text);
  }

  public static Cell of(String text) {
    return new Cell(text, Tone.PLAIN);
  }
}
