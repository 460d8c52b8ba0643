package io.holdfast.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@link EmbeddedRegistry} is to be.
 *
 * @param bootstrapServers the Kafka that keeps its schemas
 * @param directory where its log ({@code registry.log}) and passing files go; nothing in it needs
 *     keeping
 * @param port the HTTP port on 127.0.0.1; 0 takes a free one
 * @param journal settings of the journal topic when the registry makes it, e.g. {@code
 *     flush.messages}
 * @param aotCache a cache from {@link EmbeddedRegistry#train}; a file that is absent or does not
 *     fit is not used
 */
public record RegistryOptions(
    String bootstrapServers,
    Path directory,
    int port,
    Map<String, String> journal,
    Optional<Path> aotCache) {

  /**
   * The topic that holds every schema. Losing it loses the meaning of every record on the other
   * topics.
   */
  public static final String JOURNAL = "holdfast.registry-journal";

  /** Apicurio asks for this topic; as we take no snapshots it stays empty. */
  public static final String SNAPSHOTS = "holdfast.registry-snapshots";

  /** Apicurio's notices of its own changes; nobody here reads them. */
  public static final String EVENTS = "holdfast.registry-events";

  public RegistryOptions {
    directory = directory.toAbsolutePath().normalize();
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not in 0..65535");
    }
    journal = Map.copyOf(journal);
  }

  /**
   * Keeps its schemas in that Kafka, each flushed to disk before it is answered, and listens on a
   * free port.
   */
  public static RegistryOptions on(String bootstrapServers, Path directory) {
    return new RegistryOptions(
        bootstrapServers, directory, 0, Map.of("flush.messages", "1"), Optional.empty());
  }

  /** The same, on this port. */
  public RegistryOptions withPort(int newPort) {
    return new RegistryOptions(bootstrapServers, directory, newPort, journal, aotCache);
  }

  /** The same, with one more setting of the journal topic. */
  public RegistryOptions withJournal(String name, String value) {
    var more = new LinkedHashMap<>(journal);
    more.put(name, value);
    return new RegistryOptions(bootstrapServers, directory, port, more, aotCache);
  }

  /** The same, started with the help of this cache. */
  public RegistryOptions withAotCache(Path file) {
    return new RegistryOptions(bootstrapServers, directory, port, journal, Optional.of(file));
  }
}
