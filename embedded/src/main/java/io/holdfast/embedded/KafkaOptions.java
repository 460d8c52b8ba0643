package io.holdfast.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an {@link EmbeddedKafka} is to be.
 *
 * @param dataDir where everything is kept; made and formatted on first use
 * @param port the port on 127.0.0.1 that clients connect to; 0 takes a free one at every start
 * @param properties broker properties that win over our defaults (not over addresses and
 *     directories)
 */
public record KafkaOptions(Path dataDir, int port, Map<String, String> properties) {

  public KafkaOptions {
    dataDir = dataDir.toAbsolutePath().normalize();
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not in 0..65535");
    }
    properties = Map.copyOf(properties);
  }

  /** Keeps its data in {@code dataDir} and listens on a free port. */
  public static KafkaOptions in(Path dataDir) {
    return new KafkaOptions(dataDir, 0, Map.of());
  }

  /** The same, on this port. */
  public KafkaOptions withPort(int newPort) {
    return new KafkaOptions(dataDir, newPort, properties);
  }

  /** The same, with one more broker property. */
  public KafkaOptions with(String name, String value) {
    var more = new LinkedHashMap<>(properties);
    more.put(name, value);
    return new KafkaOptions(dataDir, port, more);
  }
}
