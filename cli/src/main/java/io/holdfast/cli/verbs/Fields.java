package io.holdfast.cli.verbs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.args.OwnerKey;
import io.holdfast.cli.client.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command's fields. What was not given is left out, so that the schema's defaults, which live in
 * one place, hold.
 */
final class Fields {
  private final ObjectNode json = Json.object();

  static Fields of(String name, String value) {
    return new Fields().with(name, value);
  }

  Fields with(String name, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case Boolean b -> json.put(name, b);
      case Integer i -> json.put(name, i);
      case Long l -> json.put(name, l);
      case Duration d -> json.put(name, d.toMillis());
      case Enum<?> e -> json.put(name, e.name());
      case OwnerKey o -> json.set(name, o.json());
      case Fields f -> json.set(name, f.json);
      default -> json.put(name, value.toString());
    }
    return this;
  }

  Fields flag(String name, boolean set) {
    return with(name, set ? true : null);
  }

  Fields list(String name, @Nullable List<String> values) {
    if (values != null && !values.isEmpty()) {
      ArrayNode array = json.putArray(name);
      values.forEach(array::add);
    }
    return this;
  }

  Fields map(String name, @Nullable Map<String, String> values) {
    if (values != null && !values.isEmpty()) {
      ObjectNode object = json.putObject(name);
      values.forEach(object::put);
    }
    return this;
  }

  ObjectNode json() {
    return json;
  }
}
