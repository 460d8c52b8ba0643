package io.holdfast.allocator.store;

import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * Where the rows of a table really begin, seen from where it was looked before. The head of a queue
 * moves on, and RocksDB walks over every row that was deleted there since its last compaction: the
 * hundred thousandth allocation from a pool would cost a thousand times the first.
 */
final class Fronts<K> {
  /** So many places are remembered; what is looked through from elsewhere changes all the time. */
  private static final int MOST = 16;

  private final LinkedHashMap<K, Front> fronts = new LinkedHashMap<>();

  /** There are no rows from {@code from} (included) to {@code first} (excluded). */
  private static final class Front {
    final byte[] from;
    byte[] first;

    Front(byte[] from, byte[] first) {
      this.from = from;
      this.first = first;
    }
  }

  /** Not after the first row from this key on, whose bytes are {@code from}. */
  byte[] start(K key, byte[] from) {
    Front front = fronts.get(key);
    return front == null ? from : front.first;
  }

  /** The first row from this key on is not before {@code first}. */
  void learn(K key, byte[] from, byte[] first) {
    Front known = fronts.get(key);
    if (known != null) {
      known.first = first;
      return;
    }
    fronts.put(key, new Front(from, first));
    if (fronts.size() > MOST) {
      fronts.pollFirstEntry();
    }
  }

  /** A row was written. */
  void written(byte[] row) {
    for (Front front : fronts.values()) {
      if (Arrays.compareUnsigned(row, front.first) < 0
          && Arrays.compareUnsigned(row, front.from) >= 0) {
        front.first = row;
      }
    }
  }
}
