package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * Makes Avro records of JSON, by the schema: defaults are filled in, a union of null and T takes a
 * plain T. What does not fit is a 422 that names the field.
 */
final class JsonRecords {
  private static final String META = "meta";

  private JsonRecords() {}

  /** A message of JSON fields; its meta comes from elsewhere. */
  static GenericData.Record message(Schema schema, GenericData.Record meta, ObjectNode fields) {
    GenericData.Record record = record(schema, fields, "", META);
    record.put(META, meta);
    return record;
  }

  /** A record of JSON fields, all but the one that is to be left {@code without}. */
  static GenericData.Record record(Schema schema, JsonNode node, String path, String without) {
    if (!node.isObject()) {
      throw mistyped(path, node, "an object");
    }
    List<String> names = new ArrayList<>();
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      if (!field.name().equals(without)) {
        names.add(field.name());
        record.put(field.pos(), field(field, node.get(field.name()), join(path, field.name())));
      }
    }
    for (Map.Entry<String, JsonNode> given : node.properties()) {
      if (!names.contains(given.getKey())) {
        throw ProblemException.invalid(
            Problem.shorten(join(path, given.getKey())),
            text(given.getValue()),
            names.isEmpty() ? "no fields" : "the fields " + String.join(", ", names));
      }
    }
    return record;
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static @Nullable Object field(Schema.Field field, @Nullable JsonNode node, String path) {
    if (node != null) {
      return value(field.schema(), node, path);
    }
    if (!field.hasDefaultValue()) {
      throw ProblemException.invalid(path, null, SchemaText.of(field.schema()));
    }
    return GenericData.get().getDefaultValue(field);
  }

  private static @Nullable Object value(Schema schema, JsonNode node, String path) {
    return switch (schema.getType()) {
      case RECORD -> record(schema, node, path, "");
      case ENUM -> symbol(schema, node, path);
      case ARRAY -> array(schema, node, path);
      case MAP -> map(schema, node, path);
      case UNION -> node.isNull() ? null : value(SchemaText.notNull(schema), node, path);
      case STRING -> {
        if (!node.isTextual()) {
          throw mistyped(path, node, SchemaText.of(schema));
        }
        yield node.textValue();
      }
      case INT -> {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
          throw mistyped(path, node, SchemaText.of(schema));
        }
        yield node.intValue();
      }
      case LONG -> {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
          throw mistyped(path, node, SchemaText.of(schema));
        }
        yield node.longValue();
      }
      case BOOLEAN -> {
        if (!node.isBoolean()) {
          throw mistyped(path, node, SchemaText.of(schema));
        }
        yield node.booleanValue();
      }
      case FLOAT, DOUBLE, BYTES, FIXED, NULL ->
          throw new IllegalStateException("no command or report has a field of type " + schema);
    };
  }

  private static GenericData.EnumSymbol symbol(Schema schema, JsonNode node, String path) {
    if (!node.isTextual() || !SchemaText.symbols(schema).contains(node.textValue())) {
      throw mistyped(path, node, SchemaText.of(schema));
    }
    return new GenericData.EnumSymbol(schema, node.textValue());
  }

  private static List<@Nullable Object> array(Schema schema, JsonNode node, String path) {
    if (!node.isArray()) {
      throw mistyped(path, node, SchemaText.of(schema));
    }
    List<@Nullable Object> all = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      all.add(value(schema.getElementType(), element, path + "[" + all.size() + "]"));
    }
    return all;
  }

  private static Map<String, @Nullable Object> map(Schema schema, JsonNode node, String path) {
    if (!node.isObject()) {
      throw mistyped(path, node, SchemaText.of(schema));
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    node.properties()
        .forEach(e ->
            all.put(
                e.getKey(), value(schema.getValueType(), e.getValue(), join(path, e.getKey()))));
    return all;
  }

  private static ProblemException mistyped(String path, JsonNode node, String allowed) {
    return ProblemException.invalid(Problem.shorten(path), text(node), allowed);
  }

  private static String text(JsonNode node) {
    return Problem.shorten(node.isTextual() ? node.textValue() : node.toString());
  }
}
