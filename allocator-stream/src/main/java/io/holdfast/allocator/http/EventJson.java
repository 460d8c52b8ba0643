package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Owner;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events as JSON: the fields of the Avro schema, times in ISO 8601, the digest in hex. */
final class EventJson {
  /** Fields of the events schema that hold epoch milliseconds. */
  private static final Set<String> TIMES =
      Set.of(
          "time",
          "freeAt",
          "fenceAt",
          "lastSeen",
          "inventoryDueAt",
          "nextCheckAt",
          "deadline",
          "leaseUntil",
          "lastUntil",
          "until",
          "tenantFreeAt");

  private EventJson() {}

  static ObjectNode of(Message<EventMeta, Event> event) {
    ObjectNode node = Json.object();
    node.set("meta", record(event.meta()));
    node.setAll(record(event.body()));
    return node;
  }

  private static ObjectNode record(Object value) {
    ObjectNode node = Json.object();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      node.set(component.getName(), field(component.getName(), read(component, value)));
    }
    return node;
  }

  private static @Nullable Object read(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("an event's component cannot be read", e);
    }
  }

  private static JsonNode field(String name, @Nullable Object value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (value) {
      case null -> json.nullNode();
      case Long time when TIMES.contains(name) ->
          time == 0 ? json.nullNode() : json.textNode(Instant.ofEpochMilli(time).toString());
      case Long digest when name.equals("digest") ->
          json.textNode(HexFormat.of().toHexDigits(digest));
      case Long number -> json.numberNode(number);
      case Integer number -> json.numberNode(number);
      case Boolean flag -> json.booleanNode(flag);
      case Enum<?> constant -> json.textNode(constant.name());
      case Collection<?> elements -> {
        ArrayNode all = json.arrayNode();
        elements.forEach(e -> all.add(field(name, e)));
        yield all;
      }
      case Map<?, ?> map -> {
        ObjectNode node = json.objectNode();
        map.forEach((k, v) -> node.set(String.valueOf(k), field("", v)));
        yield node;
      }
      case Record part when isStructure(part) -> record(part);
      default -> json.textNode(value.toString());
    };
  }

  /** Addresses and prefixes are records too, and texts on the wire. */
  private static boolean isStructure(Record part) {
    Package in = part.getClass().getPackage();
    return in == Owner.class.getPackage()
        || in == Event.class.getPackage()
        || part instanceof EventMeta;
  }
}
