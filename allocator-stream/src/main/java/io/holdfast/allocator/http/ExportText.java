package io.holdfast.allocator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The lines of an export, as NDJSON or CSV. */
final class ExportText {
  private static final CsvMapper CSV = new CsvMapper();

  private ExportText() {}

  static String ndjson(ArrayNode lines) {
    StringBuilder text = new StringBuilder();
    for (JsonNode line : lines) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  static String csv(ArrayNode lines, LineKinds kinds) {
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
    kinds.columns().forEach(schema::addColumn);
    List<Map<String, String>> rows = new ArrayList<>();
    for (JsonNode line : lines) {
      rows.add(kinds.row((ObjectNode) line));
    }
    try {
      return CSV.writer(schema.build()).writeValueAsString(rows);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
