package io.holdfast.schemas.registry;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Ids the registry did not know a moment ago. Bounded: garbage on a topic may name any of four
 * billion.
 */
final class UnknownIds {
  static final int MOST = 10_000;

  private final long ttlNanos;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<Integer, Long> seen = new ConcurrentHashMap<>();

  UnknownIds(Duration ttl, LongSupplier nanoTime) {
    this.ttlNanos = ttl.toNanos();
    this.nanoTime = nanoTime;
  }

  boolean contains(int id) {
    Long at = seen.get(id);
    if (at == null) {
      return false;
    }
    if (nanoTime.getAsLong() - at < ttlNanos) {
      return true;
    }
    seen.remove(id, at);
    return false;
  }

  void add(int id) {
    if (seen.size() >= MOST) {
      seen.clear();
    }
    seen.put(id, nanoTime.getAsLong());
  }

  int size() {
    return seen.size();
  }
}
