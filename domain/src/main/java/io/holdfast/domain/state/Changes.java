package io.holdfast.domain.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one table, by key, in order. Most decisions change a handful of entries: an array
 * beats a tree.
 */
final class Changes<K extends Comparable<K>, V> {
  private Object[] keys = new Object[4];
  private Object[] changes = new Object[4];
  private int size;

  /** What an entry is now; its part of the digest is kept, because most entries change again. */
  static final class Change<V> {
    @Nullable V value;
    long part;
  }

  int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // only insert writes it
  K key(int at) {
    return (K) keys[at];
  }

  @SuppressWarnings("unchecked") // only insert writes it
  Change<V> change(int at) {
    return (Change<V>) changes[at];
  }

  /** Where the key is, or {@code ~} where it belongs. */
  int find(K key) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = key(middle).compareTo(key);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return ~low;
  }

  /** Where the first key is that is not below this one. */
  int ceiling(K key) {
    int at = find(key);
    return at >= 0 ? at : ~at;
  }

  /** Puts a change at the place that {@link #find} gave. */
  void insert(int at, K key, Change<V> change) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      changes = Arrays.copyOf(changes, size * 2);
    }
    System.arraycopy(keys, at, keys, at + 1, size - at);
    System.arraycopy(changes, at, changes, at + 1, size - at);
    keys[at] = key;
    changes[at] = change;
    size++;
  }

  void remove(int at) {
    size--;
    System.arraycopy(keys, at + 1, keys, at, size - at);
    System.arraycopy(changes, at + 1, changes, at, size - at);
    Arrays.fill(keys, size, size + 1, null);
    Arrays.fill(changes, size, size + 1, null);
  }

  void clear() {
    Arrays.fill(keys, 0, size, null);
    Arrays.fill(changes, 0, size, null);
    size = 0;
  }
}
