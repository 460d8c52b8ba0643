package io.holdfast.allocator.store;

import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rows that count the looks, and what was removed and lay on their way as it does in RocksDB. */
final class Walked implements Rows {
  private final Rows rows = new InMemoryRows();
  private final NavigableSet<byte[]> graves = new TreeSet<>(Arrays::compareUnsigned);
  int gets;
  int scans;

  /** Removed rows that were walked over. */
  int removed;

  @Override
  public byte @Nullable [] get(byte[] key) {
    gets++;
    return rows.get(key);
  }

  @Override
  public void put(byte[] key, byte @Nullable [] value) {
    rows.put(key, value);
    if (value == null) {
      graves.add(key);
    } else {
      graves.remove(key);
    }
  }

  @Override
  public void scan(byte[] from, byte[] to, Visitor visitor) {
    scans++;
    byte[][] end = {to};
    rows.scan(
        from,
        to,
        (key, value) -> {
          boolean goesOn = visitor.visit(key, value);
          end[0] = goesOn ? to : key;
          return goesOn;
        });
    removed += graves.subSet(from, end[0]).size();
  }
}
