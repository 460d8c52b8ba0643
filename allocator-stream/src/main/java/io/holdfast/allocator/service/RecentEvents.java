package io.holdfast.allocator.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The event records committed last, of all networks, as many as fit. Thread-safe. */
final class RecentEvents {
  private static final long MOST_BYTES = 16 << 20;

  /** What an entry takes beside its record, roughly. */
  private static final int OVERHEAD = 256;

  private record Place(String network, long sequence) {}

  private final Map<Place, byte[]> records = new LinkedHashMap<>();
  private final Map<String, Long> ends = new HashMap<>();
  private long bytes;

  synchronized void add(String network, long sequence, byte[] record) {
    byte[] before = records.put(new Place(network, sequence), record);
    bytes += record.length + OVERHEAD - (before == null ? 0 : before.length + OVERHEAD);
    ends.merge(network, sequence, Math::max);
    var eldest = records.values().iterator();
    while (bytes > MOST_BYTES) {
      bytes -= eldest.next().length + OVERHEAD;
      eldest.remove();
    }
  }

  /**
   * The records of all events after a sequence number; empty if not all of them are here, or they
   * are more than {@code limit}, or nothing is known of the network.
   */
  synchronized Optional<List<byte[]>> after(String network, long sequence, int limit) {
    Long end = ends.get(network);
    if (end == null || sequence > end || end - sequence > limit) {
      return Optional.empty();
    }
    List<byte[]> found = new ArrayList<>((int) (end - sequence));
    for (long next = sequence + 1; next <= end; next++) {
      byte[] record = records.get(new Place(network, next));
      if (record == null) {
        return Optional.empty();
      }
      found.add(record);
    }
    return Optional.of(found);
  }
}
