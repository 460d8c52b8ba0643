package io.holdfast.projector.support;

import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.SchemaIds;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Schema ids 1, 2, 3 ..., the same in each process: these tests are not about the registry. */
public final class Ids implements SchemaIds {
  private final Map<String, Integer> bySubject = new HashMap<>();
  private final Map<Integer, Schema> byId = new HashMap<>();

  public Ids() {
    for (Contract.Type type : Contract.types()) {
      var _ = idOf(type.subject(), type.schema());
    }
  }

  public static Codec codec() {
    return new Codec(new Ids());
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
}
