package io.holdfast.wire;

import io.holdfast.schemas.registry.RegistryClient;
import io.holdfast.schemas.registry.RegistryException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;

/**
 * Makes every record type known to a registry, each held to its compatibility level, and learns the
 * ids. All subjects at once: there are about a hundred, and each is a round trip or three.
 */
public final class Registration {
  private static final int AT_ONCE = 8;

  private Registration() {}

  /**
   * A codec with the ids that the registry gives.
   *
   * @throws RegistryException as {@link #ids}
   */
  public static Codec codec(RegistryClient registry) {
    return new Codec(ids(registry));
  }

  /**
   * The ids of all types, and of whatever else the registry has.
   *
   * @throws RegistryException if the registry cannot be reached, or refuses a schema as
   *     incompatible with an earlier one
   */
  public static SchemaIds ids(RegistryClient registry) {
    Map<String, Integer> known = new HashMap<>();
    Map<String, Future<Integer>> asked = new HashMap<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Contract.Type type : Contract.types()) {
        asked.put(type.subject(), executor.submit(() -> register(registry, type)));
      }
    }
    asked.forEach((subject, id) -> known.put(subject, get(id)));
    SchemaIds rest = SchemaIds.of(registry);
    return new SchemaIds() {
      @Override
      public int idOf(String subject, Schema schema) {
        Integer id = known.get(subject);
        return id == null ? rest.idOf(subject, schema) : id;
      }

      @Override
      public Optional<Schema> byId(int id) {
        return rest.byId(id);
      }
    };
  }

  private static int register(RegistryClient registry, Contract.Type type) {
    Optional<Integer> known = registry.lookup(type.subject(), type.schema());
    if (known.isPresent()) {
      return known.get();
    }
    // The first version of a subject is compatible with anything: the level can be set after it,
    // and must be before
    // the second.
    int id = registry.register(type.subject(), type.schema());
    if (registry.compatibility(type.subject()) != type.compatibility()) {
      registry.setCompatibility(type.subject(), type.compatibility());
    }
    return id;
  }

  private static int get(Future<Integer> id) {
    try {
      return id.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
