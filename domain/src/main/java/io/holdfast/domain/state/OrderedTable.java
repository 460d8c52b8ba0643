package io.holdfast.domain.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table whose keys can be walked in their natural order. */
public interface OrderedTable<K extends Comparable<K>, V> extends Table<K, V> {

  /**
   * Visits the entries from {@code from} (included) to {@code to} (excluded) in ascending order,
   * until the visitor has enough. The visitor must not change the table: collect first, then
   * change.
   */
  void scan(K from, K to, Visitor<K, V> visitor);

  /** The first key from {@code from} (included) to {@code to} (excluded); null: there is none. */
  default @Nullable K firstKey(K from, K to) {
    List<K> first = new ArrayList<>(1);
    scan(
        from,
        to,
        (key, value) -> {
          first.add(key);
          return false;
        });
    return first.isEmpty() ? null : first.getFirst();
  }

  /** Takes one entry; false: enough. */
  @FunctionalInterface
  interface Visitor<K, V> {
    boolean visit(K key, V value);
  }
}
