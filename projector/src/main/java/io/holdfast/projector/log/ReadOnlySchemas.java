package io.holdfast.projector.log;

import io.holdfast.wire.SchemaIds;
import java.util.Optional;
import org.apache.avro.Schema;

/** Schemas for whoever only reads: nothing is registered, and what is read may be old. */
public final class ReadOnlySchemas implements SchemaIds {
  private final SchemaIds registry;
  private int madeUp;

  public ReadOnlySchemas(SchemaIds registry) {
    this.registry = registry;
  }

  /** Made up, beside those of any registry: nothing is written with it. */
  @Override
  public int idOf(String subject, Schema schema) {
    return --madeUp;
  }

  @Override
  public Optional<Schema> byId(int id) {
    return registry.byId(id);
  }
}
