package io.holdfast.allocator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The lines of an import, from NDJSON or CSV. */
final class ImportText {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.ALLOW_COMMENTS)
          .enable(CsvParser.Feature.EMPTY_STRING_AS_NULL)
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .build();

  private ImportText() {}

  /**
   * @param number in the file, from 1
   * @param fields what it says, with its kind
   */
  record Line(int number, ObjectNode fields) {}

  /** What is wrong with a line. */
  interface Complaint {
    void of(int line, Problem problem);
  }

  /** One JSON object a line; empty lines and those that begin with # say nothing. */
  static List<Line> ndjson(byte[] body, Complaint complaint) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String text : text(body).split("\n", -1)) {
      number++;
      if (!text.isBlank() && !text.startsWith("#")) {
        try {
          lines.add(new Line(number, Json.read(text.getBytes(StandardCharsets.UTF_8))));
        } catch (ProblemException e) {
          complaint.of(number, e.problem());
        }
      }
    }
    return lines;
  }

  /**
   * A first row with the names of the columns, then a row a line. A row counts as the line that it
   * begins on.
   */
  static List<Line> csv(byte[] body, LineKinds kinds, Complaint complaint) {
    List<Line> lines = new ArrayList<>();
    int number = 1;
    try (MappingIterator<List<String>> rows =
        CSV.readerForListOf(String.class).readValues(text(body).stripTrailing() + "\n")) {
      List<String> columns = null;
      while (rows.hasNextValue()) {
        number = rows.getCurrentLocation().getLineNr();
        List<String> cells = rows.nextValue();
        if (columns == null) {
          columns = cells;
          if (!isKnown(columns, number, kinds, complaint)) {
            return List.of();
          }
        } else {
          row(columns, cells, number, kinds, complaint).ifPresent(lines::add);
        }
      }
    } catch (JsonProcessingException e) {
      complaint.of(number, unreadable(e.getOriginalMessage()));
    } catch (IOException e) {
      complaint.of(number, unreadable(e.toString()));
    }
    return lines;
  }

  private static Problem unreadable(String why) {
    return Problem.of(
        422, "Invalid", "no CSV: " + Problem.shorten(why) + "; the rest of the file was not read");
  }

  private static Optional<Line> row(
      List<String> columns, List<String> cells, int number, LineKinds kinds, Complaint complaint) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      if (cell == null || cell.isEmpty()) {
        continue;
      }
      if (i >= columns.size()) {
        complaint.of(
            number,
            Problem.invalid(
                "entry " + (i + 1), cell, columns.size() + " entries, as the first row has"));
        return Optional.empty();
      }
      row.put(columns.get(i), cell);
    }
    return Optional.of(new Line(number, kinds.object(row)));
  }

  private static boolean isKnown(
      List<String> columns, int number, LineKinds kinds, Complaint complaint) {
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      String name = column == null ? "" : column;
      if (!kinds.columns().contains(name) || !seen.add(name)) {
        String allowed = "each once of " + String.join(", ", kinds.columns());
        complaint.of(number, Problem.invalid("column", name, allowed));
        return false;
      }
    }
    return true;
  }

  /** Without the mark that some programs put before UTF-8. */
  private static String text(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
