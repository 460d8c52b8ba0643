package io.holdfast.allocator.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outcome records committed last, as many as fit. Thread-safe. */
final class RecentOutcomes {
  private static final long MOST_BYTES = 16 << 20;

  /** What an entry takes beside its record, roughly. */
  private static final int OVERHEAD = 256;

  private record Key(String network, String commandId) {}

  private final Map<Key, byte[]> records = new LinkedHashMap<>();
  private long bytes;

  synchronized void add(String network, String commandId, byte[] record) {
    Key key = new Key(network, commandId);
    // Behind all others, also if it was there.
    count(records.remove(key), -1);
    records.put(key, record);
    count(record, 1);
    var eldest = records.values().iterator();
    while (bytes > MOST_BYTES) {
      count(eldest.next(), -1);
      eldest.remove();
    }
  }

  private void count(byte @Nullable [] record, int sign) {
    bytes += record == null ? 0 : sign * (OVERHEAD + record.length);
  }

  synchronized Optional<byte[]> get(String network, String commandId) {
    return Optional.ofNullable(records.get(new Key(network, commandId)));
  }
}
