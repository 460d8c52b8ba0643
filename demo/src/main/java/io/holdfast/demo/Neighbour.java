package io.holdfast.demo;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who answers for an address, as the kernel's neighbour table has it. */
sealed interface Neighbour {
  /** One of those who were asked about. */
  record Known(String name) implements Neighbour {}

  /** Somebody else. */
  record Stranger(String mac) implements Neighbour {}

  /** The kernel asked, and nobody answered. */
  record Nobody() implements Neighbour {}

  /**
   * What a line of {@code ip neigh show} says; empty: nothing yet.
   *
   * @param names by link-layer address, as {@code ip} writes it
   */
  static Optional<Neighbour> read(String line, Map<String, String> names) {
    if (line.contains("FAILED")) {
      return Optional.of(new Nobody());
    }
    Matcher lladdr = Pattern.compile("lladdr (\\S+)").matcher(line);
    if (!lladdr.find()) {
      return Optional.empty();
    }
    String mac = lladdr.group(1);
    String name = names.get(mac);
    return Optional.of(name == null ? new Stranger(mac) : new Known(name));
  }
}
