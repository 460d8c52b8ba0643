package io.holdfast.cli.out;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under headings, each column as wide as its widest cell, two blanks between columns and none
 * at the end of a line. A heading that starts with {@code >} is of a column of numbers, which end
 * below each other. Columns that are empty in every row are left out.
 */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<Cell>> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  public Table row(Cell... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(cells.length + " cells under " + headings);
    }
    rows.add(List.of(cells));
    return this;
  }

  /** All of it; every line ends with a newline. */
  public String render(boolean colour) {
    List<List<Cell>> lines = new ArrayList<>();
    lines.add(headings.stream().map(h -> new Cell(bare(h), Tone.HEADING)).toList());
    lines.addAll(rows);
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(i);
    }
    StringBuilder out = new StringBuilder();
    for (List<Cell> line : lines) {
      out.append(render(line, widths, colour)).append('\n');
    }
    return out.toString();
  }

  private String render(List<Cell> line, int[] widths, boolean colour) {
    StringBuilder out = new StringBuilder();
    int owed = 0; // blanks that only matter if something follows
    for (int i = 0; i < line.size(); i++) {
      int width = widths[i];
      if (width == 0) {
        continue;
      }
      Cell cell = line.get(i);
      int padding = width - cell.text().length();
      boolean right = headings.get(i).startsWith(">");
      int before = owed + (right ? padding : 0);
      if (!cell.text().isEmpty()) {
        out.append(" ".repeat(before)).append(cell.tone().paint(cell.text(), colour));
        owed = 0;
      } else {
        owed = before;
      }
      owed += (right ? 0 : padding) + GAP.length();
    }
    return out.toString();
  }

  /** 0 for a column without content: not worth its width. */
  private int width(int column) {
    int content = 0;
    for (List<Cell> row : rows) {
      content = Math.max(content, row.get(column).text().length());
    }
    return content == 0 ? 0 : Math.max(content, bare(headings.get(column)).length());
  }

  private static String bare(String heading) {
    return heading.startsWith(">") ? heading.substring(1) : heading;
  }
}
