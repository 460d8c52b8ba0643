package io.holdfast.allocator.store;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Rows of bytes: a store of the topology, or one opened for a query. */
public interface Rows {
  byte @Nullable [] get(byte[] key);

  /**
   * @param value null: remove
   */
  void put(byte[] key, byte @Nullable [] value);

  /**
   * Visits the rows from {@code from} (included) to {@code to} (excluded), in order, until the
   * visitor has enough.
   */
  void scan(byte[] from, byte[] to, Visitor visitor);

  /** Takes a row; false: enough. */
  @FunctionalInterface
  interface Visitor {
    boolean visit(byte[] key, byte[] value);
  }

  /** A store of the topology, on its own thread. */
  static Rows of(KeyValueStore<Bytes, byte[]> store) {
    return new Rows() {
      @Override
      public byte @Nullable [] get(byte[] key) {
        return store.get(Bytes.wrap(key));
      }

      @Override
      public void put(byte[] key, byte @Nullable [] value) {
        if (value == null) {
          store.delete(Bytes.wrap(key));
        } else {
          store.put(Bytes.wrap(key), value);
        }
      }

      @Override
      public void scan(byte[] from, byte[] to, Visitor visitor) {
        walk(store, from, to, visitor);
      }
    };
  }

  /** A store opened for a query: any thread, no writing. */
  static Rows readOnly(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    return new Rows() {
      @Override
      public byte @Nullable [] get(byte[] key) {
        return store.get(Bytes.wrap(key));
      }

      @Override
      public void put(byte[] key, byte @Nullable [] value) {
        throw new IllegalStateException("a query does not write");
      }

      @Override
      public void scan(byte[] from, byte[] to, Visitor visitor) {
        walk(store, from, to, visitor);
      }
    };
  }

  private static void walk(
      ReadOnlyKeyValueStore<Bytes, byte[]> store, byte[] from, byte[] to, Visitor visitor) {
    Bytes end = Bytes.wrap(to);
    try (KeyValueIterator<Bytes, byte[]> rows = store.range(Bytes.wrap(from), end)) {
      while (rows.hasNext()) {
        KeyValue<Bytes, byte[]> row = rows.next();
        // Kafka's ranges include their end.
        if (row.key.compareTo(end) >= 0 || !visitor.visit(row.key.get(), row.value)) {
          return;
        }
      }
    }
  }
}
