package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/** JSON Schemas (2020-12) of Avro records and of the answers. */
final class OpenApiSchemas {
  private final ObjectNode schemas;

  OpenApiSchemas(ObjectNode components) {
    schemas = components.putObject("schemas");
    problem();
    accepted();
    page();
  }

  ObjectNode named(String name) {
    return Json.object().put("$ref", "#/components/schemas/" + name);
  }

  ObjectNode object() {
    return Json.object().put("type", "object");
  }

  ObjectNode text() {
    return Json.object().put("type", "string");
  }

  /** The fields of a message without its meta, which HTTP fills in. */
  ObjectNode fields(Schema message) {
    schemas.set(message.getName(), record(message));
    return named(message.getName());
  }

  private ObjectNode record(Schema record) {
    ObjectNode node = object();
    if (record.getDoc() != null) {
      node.put("description", record.getDoc());
    }
    ObjectNode properties = node.putObject("properties");
    ArrayNode required = Json.array();
    for (Schema.Field field : record.getFields()) {
      if (field.name().equals("meta")) {
        continue;
      }
      ObjectNode property = of(field.schema());
      if (field.doc() != null) {
        property.put("description", field.doc());
      }
      if (field.hasDefaultValue()) {
        property.set("default", defaultOf(field));
      } else {
        required.add(field.name());
      }
      properties.set(field.name(), property);
    }
    if (!required.isEmpty()) {
      node.set("required", required);
    }
    return node.put("additionalProperties", false);
  }

  /** A record that says which of several it is. */
  private ObjectNode variant(Schema record) {
    ObjectNode node = record(record);
    node.withObjectProperty("properties").putObject(SchemaText.KIND).put("const", record.getName());
    node.withArrayProperty("required").add(SchemaText.KIND);
    return node;
  }

  private static JsonNode defaultOf(Schema.Field field) {
    Object value = field.defaultVal();
    return Json.ofValue(value instanceof JsonProperties.Null ? null : value);
  }

  private ObjectNode of(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> {
        if (!schemas.has(schema.getName())) {
          schemas.set(schema.getName(), record(schema));
        }
        yield named(schema.getName());
      }
      case ENUM -> {
        ObjectNode node = text();
        SchemaText.symbols(schema).forEach(node.putArray("enum")::add);
        yield node;
      }
      case ARRAY -> {
        ObjectNode node = Json.object().put("type", "array");
        node.set("items", of(schema.getElementType()));
        yield node;
      }
      case MAP -> {
        ObjectNode node = object();
        node.set("additionalProperties", of(schema.getValueType()));
        yield node;
      }
      case UNION -> {
        ObjectNode node = Json.object();
        if (SchemaText.isVariants(schema)) {
          ArrayNode all = node.putArray("oneOf");
          schema.getTypes().forEach(s -> all.add(variant(s)));
          yield node;
        }
        node.putArray("anyOf")
            .add(of(SchemaText.notNull(schema)))
            .add(Json.object().put("type", "null"));
        yield node;
      }
      case STRING -> {
        LogicalType logical = schema.getLogicalType();
        yield logical == null ? text() : text().put("format", logical.getName());
      }
      case INT -> Json.object().put("type", "integer").put("format", "int32");
      case LONG -> Json.object().put("type", "integer").put("format", "int64");
      case BOOLEAN -> Json.object().put("type", "boolean");
      case FLOAT, DOUBLE, BYTES, FIXED, NULL ->
          throw new IllegalStateException("no command or report has a field of type " + schema);
    };
  }

  private void problem() {
    ObjectNode node = object();
    ObjectNode properties = node.putObject("properties");
    for (String name :
        new String[] {
          "type", "title", "detail", "code", "commandId", "field", "value", "allowed"
        }) {
      properties.set(name, text());
    }
    properties.putObject("status").put("type", "integer");
    properties.putObject("sequence").put("type", "integer").put("format", "int64");
    properties.putObject("details").put("type", "object").set("additionalProperties", text());
    node.putArray("required").add("type").add("title").add("status").add("detail").add("code");
    schemas.set("Problem", node);
  }

  private void accepted() {
    ObjectNode grant = object();
    ObjectNode parts = grant.putObject("properties");
    parts.set("ip", text());
    parts.putObject("tenure").put("type", "integer").put("format", "int64");
    parts.set("pool", text());
    ObjectNode node = object();
    ObjectNode properties = node.putObject("properties");
    properties.set("commandId", text());
    properties.putObject("changed").put("type", "boolean");
    properties.putObject("sequence").put("type", "integer").put("format", "int64");
    properties.putObject("grants").put("type", "array").set("items", grant);
    ObjectNode waiting = object().put("description", "Its place, if it waits for addresses");
    ObjectNode place = waiting.putObject("properties");
    place.putObject("ticket").put("type", "integer").put("format", "int64");
    place.putObject("position").put("type", "integer").put("description", "1: it is the next");
    place.set("deadline", text().put("format", "date-time"));
    properties.set("waiting", waiting);
    properties.putObject("details").put("type", "object").set("additionalProperties", text());
    node.putArray("required").add("commandId").add("changed").add("sequence").add("grants");
    schemas.set("Accepted", node);
  }

  private void page() {
    ObjectNode node = object();
    ObjectNode properties = node.putObject("properties");
    properties.putObject("sequence").put("type", "integer").put("format", "int64");
    properties.putObject("items").put("type", "array").set("items", object());
    properties
        .putObject("next")
        .put("type", "string")
        .put("description", "Absent on the last page");
    node.putArray("required").add("items");
    schemas.set("Page", node);
  }
}
