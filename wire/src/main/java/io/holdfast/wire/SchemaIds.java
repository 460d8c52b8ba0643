package io.holdfast.wire;

import io.holdfast.schemas.registry.RegistryClient;
import io.holdfast.schemas.registry.RegistryException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;

/** Where schema ids come from. */
public interface SchemaIds {
  /** The id of this schema under this subject, registered if it is new. */
  int idOf(String subject, Schema schema);

  /** The schema with this id; empty if there is surely none. */
  Optional<Schema> byId(int id);

  /**
   * Ids of a Confluent-compatible registry. Its exceptions pass: a registry that is away says
   * nothing about an id.
   */
  static SchemaIds of(RegistryClient registry) {
    return new SchemaIds() {
      @Override
      public int idOf(String subject, Schema schema) {
        return registry.register(subject, schema);
      }

      @Override
      public Optional<Schema> byId(int id) {
        try {
          return Optional.of(registry.byId(id));
        } catch (RegistryException.NotFound e) {
          return Optional.empty();
        }
      }
    };
  }

  /** Ids that are still to come: who needs one waits, and fails if they do not come. */
  static SchemaIds of(CompletableFuture<SchemaIds> coming) {
    return new SchemaIds() {
      @Override
      public int idOf(String subject, Schema schema) {
        return coming.join().idOf(subject, schema);
      }

      @Override
      public Optional<Schema> byId(int id) {
        return coming.join().byId(id);
      }
    };
  }
}
