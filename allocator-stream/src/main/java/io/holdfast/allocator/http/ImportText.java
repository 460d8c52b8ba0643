package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The lines of an import, from NDJSON or CSV. */
final class ImportText {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.ALLOW_COMMENTS)
          .enable(CsvParser.Feature.EMPTY_STRING_AS_NULL)
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
    for (String text : new String(body, StandardCharsets.UTF_8).split("\n", -1)) {
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

  /** A first row with the names of the columns, then a row a line. */
  static List<Line> csv(byte[] body, LineKinds kinds, Complaint complaint) {
    List<Line> lines = new ArrayList<>();
    try (MappingIterator<Map<String, String>> rows =
        CSV.readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(new String(body, StandardCharsets.UTF_8).stripTrailing() + "\n")) {
      boolean isFirst = true;
      while (rows.hasNextValue()) {
        Map<String, String> row = rows.nextValue();
        row.values().removeIf(java.util.Objects::isNull);
        int number = rows.getCurrentLocation().getLineNr() - 1;
        if (isFirst) {
          columns(rows, kinds, complaint);
          isFirst = false;
        }
        lines.add(new Line(number, kinds.object(row)));
      }
    } catch (IOException | RuntimeJsonMappingException e) {
      complaint.of(1, Problem.of(422, "Invalid", "no CSV: " + Problem.shorten(e.toString())));
    }
    return lines;
  }

  private static void columns(
      MappingIterator<Map<String, String>> rows, LineKinds kinds, Complaint complaint) {
    if (rows.getParser().getSchema() instanceof CsvSchema schema) {
      for (String column : schema.getColumnNames()) {
        if (!kinds.columns().contains(column)) {
          complaint.of(1, Problem.invalid("column", column, String.join(", ", kinds.columns())));
        }
      }
    }
  }
}
