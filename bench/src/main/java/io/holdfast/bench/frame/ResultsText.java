package io.holdfast.bench.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Results for people: a table for each benchmark, and what was missed at the end. */
public final class ResultsText {
  private static final List<String> HEADINGS =
      List.of("", "measured", "", "limit", "ratio", "target", "");

  private ResultsText() {}

  public static String of(Results results) {
    StringBuilder text = new StringBuilder();
    List<String> missed = new ArrayList<>();
    for (Results.Part part : results.parts()) {
      text.append(part.word()).append(": ").append(part.about()).append('\n');
      if (!part.figures().isEmpty()) {
        append(text, rows(part.figures()));
        limits(part.figures()).forEach(line -> text.append("  ").append(line).append('\n'));
      }
      if (!part.failure().isEmpty()) {
        text.append("  NOT MEASURED: ").append(part.failure()).append('\n');
      }
      text.append('\n');
      part.figures().stream()
          .filter(figure -> Boolean.FALSE.equals(figure.met()))
          .forEach(figure -> missed.add(part.word() + ": " + figure.name()));
    }
    long aims = results.figures().stream().filter(figure -> figure.target() != null).count();
    text.append(aims - missed.size()).append(" of ").append(aims).append(" targets met");
    missed.forEach(line -> text.append("\n  missed  ").append(line));
    return text.append('\n').toString();
  }

  private static List<List<String>> rows(List<Figure> figures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    for (Figure f : figures) {
      rows.add(
          List.of(
              f.name(),
              number(f.value()),
              f.unit(),
              number(f.limit()),
              f.ratio() == null ? "" : String.format(Locale.ROOT, "%.2f", f.ratio()),
              target(f),
              f.met() == null ? "" : f.met() ? "met" : "MISSED"));
    }
    return rows;
  }

  private static String target(Figure figure) {
    Target target = figure.target();
    return target == null
        ? ""
        : (target.ofRatio() ? "ratio " : "")
            + (target.atMost() ? "at most " : "at least ")
            + number(target.bound());
  }

  /** What the limits are: once each. */
  private static List<String> limits(List<Figure> figures) {
    return figures.stream()
        .map(Figure::limitIs)
        .filter(what -> !what.isEmpty())
        .distinct()
        .map(what -> "limit: " + what)
        .toList();
  }

  /** As many digits as say something. */
  static String number(@Nullable Double value) {
    if (value == null) {
      return "";
    }
    double size = Math.abs(value);
    String format =
        size >= 100 || (size == Math.rint(size) && size >= 1)
            ? "%,.0f"
            : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  private static void append(StringBuilder text, List<List<String>> rows) {
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        String padding = " ".repeat(widths[i] - cell.length());
        boolean isNumber = i == 1 || i == 3 || i == 4;
        line.append("  ").append(isNumber ? padding + cell : cell + padding);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }
}
