package io.holdfast.cli.out;

import java.util.ArrayList;
import java.util.List;

/** One thing in full: a label and its value per line; empty values are left out. */
public final class Sheet {
  private record Line(String label, List<Cell> values) {}

  private final List<Line> lines = new ArrayList<>();

  public Sheet line(String label, String value) {
    return line(label, Cell.of(value));
  }

  public Sheet line(String label, Cell... values) {
    List<Cell> said = new ArrayList<>();
    for (Cell c : values) {
      if (!c.text().isEmpty()) {
        said.add(c);
      }
    }
    if (!said.isEmpty()) {
      lines.add(new Line(label, said));
    }
    return this;
  }

  public String render(boolean colour) {
    int width = 0;
    for (Line l : lines) {
      width = Math.max(width, l.label.length());
    }
    StringBuilder out = new StringBuilder();
    for (Line l : lines) {
      out.append(Tone.HEADING.paint(l.label, colour)).append(" ".repeat(width - l.label.length()));
      for (Cell c : l.values) {
        out.append("  ").append(c.tone().paint(c.text(), colour));
      }
      out.append('\n');
    }
    return out.toString();
  }
}
