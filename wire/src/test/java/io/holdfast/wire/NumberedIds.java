package io.holdfast.wire;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Schema ids 1, 2, 3 ... of the contract's types in their order. The schemas go through their text,
 * as they would in a registry. Also for the tests of other modules.
 */
public final class NumberedIds implements SchemaIds {
  private final Map<String, Integer> bySubject = new LinkedHashMap<>();
  private final Map<Integer, Schema> byId = new HashMap<>();

  public NumberedIds() {
    for (Contract.Type type : Contract.types()) {
      var _ = idOf(type.subject(), type.schema());
    }
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return bySubject.computeIfAbsent(
        subject,
        s -> {
          byId.put(byId.size() + 1, new Schema.Parser().parse(schema.toString()));
          return byId.size();
        });
  }

  @Override
  public Optional<Schema> byId(int id) {
    return Optional.ofNullable(byId.get(id));
  }

  int idOf(String subject) {
    Integer id = bySubject.get(subject);
    if (id == null) {
      throw new IllegalArgumentException(subject);
    }
    return id;
  }

  int idIn(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt(1);
  }
}
