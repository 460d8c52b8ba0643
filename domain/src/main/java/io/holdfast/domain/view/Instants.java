package io.holdfast.domain.view;

import java.time.Instant;

/** Times in sentences. */
final class Instants {
  private Instants() {}

  /** ISO 8601 in UTC. */
  static String text(long epochMilli) {
    return Instant.ofEpochMilli(epochMilli).toString();
  }
}
