package io.holdfast.domain.state;

/** A table whose keys can be walked in their natural order. */
public interface OrderedTable<K extends Comparable<K>, V> extends Table<K, V> {

  /**
   * Visits the entries from {@code from} (included) to {@code to} (excluded) in ascending order,
   * until the visitor has enough. The visitor must not change the table: collect first, then
   * change.
   */
  void scan(K from, K to, Visitor<K, V> visitor);

  /** Takes one entry; false: enough. */
  @FunctionalInterface
  interface Visitor<K, V> {
    boolean visit(K key, V value);
  }
}
