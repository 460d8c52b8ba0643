package io.holdfast.domain.state;

import org.jspecify.annotations.Nullable;

/** One kind of entry of one network. Values are immutable. */
public interface Table<K, V> {
  @Nullable V get(K key);

  void put(K key, V value);

  void remove(K key);
}
