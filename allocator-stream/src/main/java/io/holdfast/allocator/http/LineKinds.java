package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of lines of an import or export, as the contract has them, and how each stands in a row
 * of a table: a column a field, {@code owner.name} for a field of a field, lists and maps with
 * semicolons ({@code a;b}, {@code k=v;l=w}), or as JSON.
 */
final class LineKinds {
  /** The member, and column, that says what a line is. */
  static final String KIND = "kind";

  private static final String NUMBER = "line";
  private final Map<String, Schema> kinds = new LinkedHashMap<>();
  private final Set<String> columns = new LinkedHashSet<>();

  /**
   * @param command the schema of ImportNetwork
   */
  LineKinds(Schema command) {
    columns.add(KIND);
    for (Schema line : command.getField("lines").schema().getElementType().getTypes()) {
      kinds.put(line.getName().replaceFirst("Line$", ""), line);
      columns(line, "");
    }
  }

  private void columns(Schema record, String path) {
    for (Schema.Field field : record.getFields()) {
      Schema schema = value(field.schema());
      if (schema.getType() == Schema.Type.RECORD) {
        columns(schema, path + field.name() + ".");
      } else if (!field.name().equals(NUMBER)) {
        columns.add(path + field.name());
      }
    }
  }

  /** Names of the kinds, in the order in which they are exported. */
  Set<String> names() {
    return kinds.keySet();
  }

  /** Null if there is no such kind. */
  @Nullable Schema schema(String kind) {
    return kinds.get(kind);
  }

  /** All columns, the kind first. */
  Set<String> columns() {
    return columns;
  }

  /** What a row says; empty cells say nothing. */
  ObjectNode object(Map<String, String> row) {
    ObjectNode node = Json.object();
    Schema schema = kinds.get(row.getOrDefault(KIND, ""));
    row.forEach((column, text) -> {
      if (!text.isEmpty()) {
        place(node, column).set(last(column), cell(at(schema, column), text));
      }
    });
    return node;
  }

  /** The cells of an object. */
  Map<String, String> row(ObjectNode object) {
    Map<String, String> row = new LinkedHashMap<>();
    fill(object, "", row);
    return row;
  }

  private static void fill(ObjectNode object, String path, Map<String, String> row) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String column = path + member.getKey();
      JsonNode value = member.getValue();
      boolean isMap = column.equals("labels") || column.equals("tags");
      if (value instanceof ObjectNode inner && !isMap) {
        fill(inner, column + ".", row);
      } else {
        row.put(column, text(value));
      }
    }
  }

  /** Lists and maps with semicolons if they can be read back from that, else as JSON. */
  private static String text(JsonNode value) {
    if (!value.isContainerNode()) {
      return value.asText();
    }
    List<String> parts = new ArrayList<>();
    boolean isPlain = true;
    for (JsonNode element : value instanceof ArrayNode list ? list : Json.array()) {
      isPlain &= isPlain(element.asText());
      parts.add(element.asText());
    }
    for (Map.Entry<String, JsonNode> e : value.properties()) {
      isPlain &= isPlain(e.getKey()) && isPlain(e.getValue().asText()) && !e.getKey().contains("=");
      parts.add(e.getKey() + "=" + e.getValue().asText());
    }
    String all = String.join(";", parts);
    return isPlain && !isJson(all) ? all : value.toString();
  }

  private static boolean isPlain(String part) {
    return !part.contains(";") && part.equals(part.strip());
  }

  private static boolean isJson(String cell) {
    return cell.startsWith("{") || cell.startsWith("[");
  }

  private static ObjectNode place(ObjectNode node, String column) {
    int dot = column.indexOf('.');
    return dot < 0
        ? node
        : place(node.withObjectProperty(column.substring(0, dot)), column.substring(dot + 1));
  }

  private static String last(String column) {
    return column.substring(column.lastIndexOf('.') + 1);
  }

  private static @Nullable Schema at(@Nullable Schema record, String column) {
    int dot = column.indexOf('.');
    Schema.Field field =
        record == null ? null : record.getField(dot < 0 ? column : column.substring(0, dot));
    if (field == null) {
      return null;
    }
    Schema schema = value(field.schema());
    return dot < 0 ? schema : at(schema, column.substring(dot + 1));
  }

  private static Schema value(Schema schema) {
    return schema.getType() == Schema.Type.UNION ? SchemaText.notNull(schema) : schema;
  }

  /** What is no number or the like stays text: who reads it says what is wrong. */
  private static JsonNode cell(@Nullable Schema schema, String text) {
    return switch (schema == null ? Schema.Type.STRING : schema.getType()) {
      case INT, LONG ->
          text.matches("-?\\d{1,18}") ? Json.ofValue(Long.parseLong(text)) : Json.ofValue(text);
      case BOOLEAN ->
          text.equals("true") || text.equals("false")
              ? Json.ofValue(text.equals("true"))
              : Json.ofValue(text);
      case ARRAY, MAP -> isJson(text) ? json(text) : parts(schema, text);
      default -> Json.ofValue(text);
    };
  }

  private static JsonNode json(String text) {
    JsonNode node = Json.parse(text);
    return node == null ? Json.ofValue(text) : node;
  }

  /** A key that stands there twice is no map. */
  private static JsonNode parts(@Nullable Schema schema, String text) {
    String[] parts = text.split(";", -1);
    if (schema != null && schema.getType() == Schema.Type.ARRAY) {
      ArrayNode list = Json.array();
      for (String part : parts) {
        list.add(part.strip());
      }
      return list;
    }
    ObjectNode map = Json.object();
    for (String part : parts) {
      int equals = part.indexOf('=');
      String key = part.substring(0, Math.max(equals, 0)).strip();
      if (map.has(key)) {
        return Json.ofValue(text);
      }
      map.put(key, part.substring(equals + 1).strip());
    }
    return map;
  }
}
