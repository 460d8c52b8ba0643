package io.holdfast.allocator.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows on the heap, in the order in which RocksDB has them. */
public final class InMemoryRows implements Rows {
  private final NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);

  /** Stores that are made when they are asked for. */
  public static Function<String, Rows> stores() {
    Map<String, Rows> stores = new HashMap<>();
    return name -> stores.computeIfAbsent(name, n -> new InMemoryRows());
  }

  /** The key of the one row that is there. */
  public static byte[] onlyKey(Rows rows) {
    NavigableMap<byte[], byte[]> all = ((InMemoryRows) rows).rows;
    if (all.size() != 1) {
      throw new IllegalStateException(all.size() + " rows");
    }
    return all.firstKey();
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return rows.get(key);
  }

  @Override
  public void put(byte[] key, byte @Nullable [] value) {
    if (value == null) {
      rows.remove(key);
    } else {
      rows.put(key, value);
    }
  }

  @Override
  public void scan(byte[] from, byte[] to, Visitor visitor) {
    for (Map.Entry<byte[], byte[]> row : rows.subMap(from, true, to, false).entrySet()) {
      if (!visitor.visit(row.getKey(), row.getValue())) {
        return;
      }
    }
  }
}
