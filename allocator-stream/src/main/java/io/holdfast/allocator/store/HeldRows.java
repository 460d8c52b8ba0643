package io.holdfast.allocator.store;

import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.Held;
import java.util.SortedMap;
import java.util.TreeMap;

/** Held records by number, in the store of networks. */
public final class HeldRows {
  private static final int HELD = 2;

  private final Codec codec;
  private final Rows rows;

  public HeldRows(Codec codec, Rows rows) {
    this.codec = codec;
    this.rows = rows;
  }

  public void put(long number, Held held) {
    rows.put(key(number), codec.encode(Contract.STATE, held));
  }

  public void remove(long number) {
    rows.put(key(number), null);
  }

  /** All of them, in order. */
  public SortedMap<Long, Held> all() {
    SortedMap<Long, Held> all = new TreeMap<>();
    rows.scan(
        new byte[] {HELD},
        new byte[] {HELD + 1},
        (key, value) -> {
          all.put(new KeyReader(key, 1).number(), (Held) codec.decode(Contract.STATE, value));
          return true;
        });
    return all;
  }

  /** A number after all of them. */
  public long end() {
    SortedMap<Long, Held> all = all();
    return all.isEmpty() ? 0 : all.lastKey() + 1;
  }

  private static byte[] key(long number) {
    return new KeyWriter().octet(HELD).number(number).toBytes();
  }
}
