package io.holdfast.projector.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records as JSON: the fields of the Avro schemas, times in ISO 8601, the digest in hex. */
public final class EventJson {
  private static final JsonFactory JSON = new JsonFactory();

  /** Fields that hold epoch milliseconds; 0 where there is no such time. */
  private static final Set<String> TIMES =
      Set.of("time", "freeAt", "fenceAt", "lastSeen", "inventoryDueAt", "nextCheckAt");

  private static final ClassValue<Field[]> FIELDS =
      new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
          RecordComponent[] components = type.getRecordComponents();
          Field[] fields = new Field[components.length];
          for (int i = 0; i < fields.length; i++) {
            fields[i] = new Field(components[i].getName(), components[i]);
          }
          return fields;
        }
      };

  private record Field(String name, RecordComponent component) {
    @Nullable Object of(Object record) {
      try {
        return component.getAccessor().invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("component " + name + " cannot be read", e);
      }
    }
  }

  private EventJson() {}

  /** A record, or a map, as a JSON object. */
  public static String text(Object record) {
    StringWriter out = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      value(json, "", record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void object(JsonGenerator json, Object record) throws IOException {
    json.writeStartObject();
    for (Field field : FIELDS.get(record.getClass())) {
      json.writeFieldName(field.name());
      value(json, field.name(), field.of(record));
    }
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, String name, @Nullable Object value)
      throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Long time when TIMES.contains(name) -> {
        if (time == 0) {
          json.writeNull();
        } else {
          json.writeString(Instant.ofEpochMilli(time).toString());
        }
      }
      case Long digest when name.equals("digest") ->
          json.writeString(HexFormat.of().toHexDigits(digest));
      case Long number -> json.writeNumber(number);
      case Integer number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      case Enum<?> constant -> json.writeString(constant.name());
      case Collection<?> elements -> {
        json.writeStartArray();
        for (Object element : elements) {
          value(json, "", element);
        }
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          value(json, "", entry.getValue());
        }
        json.writeEndObject();
      }
      case Record part when isStructure(part) -> object(json, part);
      // PostgreSQL has no place for a NUL.
      default -> json.writeString(value.toString().replace((char) 0, (char) 0xfffd));
    }
  }

  /** Addresses and prefixes are records too, and texts on the wire. */
  private static boolean isStructure(Record part) {
    return part.getClass().getPackage() != io.holdfast.domain.net.IpAddress.class.getPackage();
  }
}
