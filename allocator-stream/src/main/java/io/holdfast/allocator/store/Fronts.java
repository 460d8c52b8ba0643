package io.holdfast.allocator.store;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of a table, seen from where it was looked before, kept at hand.
 *
 * <p>Some tables are queues: what is taken from the front is put in again at the back. RocksDB
 * walks over every row that was deleted since its last compaction, before the first one that is
 * there and also after it, because Kafka's iterators read one row ahead. Without this an allocation
 * from a pool whose addresses go round costs a hundred times one from a fresh pool.
 */
final class Fronts<K> {
  /** So many places are remembered; what is looked through from elsewhere changes all the time. */
  private static final int PLACES = 16;

  /** So many rows are read at once, and at most twice as many kept. */
  private static final int ROWS = 64;

  private final LinkedHashMap<K, Front> fronts = new LinkedHashMap<>();
  private final Rows rows;
  private final byte[] tableEnd;

  /**
   * @param tableEnd after every row of the table
   */
  Fronts(Rows rows, byte[] tableEnd) {
    this.rows = rows;
    this.tableEnd = tableEnd;
  }

  /**
   * What is known of a place: there is no row from {@code from} (included) to {@code first}
   * (excluded), and if {@code head} is there it has all from there to {@code until} (excluded).
   */
  private static final class Front {
    final byte[] from;
    byte[] first;
    byte[] until;
    @Nullable NavigableMap<byte[], byte[]> head;

    Front(byte[] from, byte[] first) {
      this.from = from;
      this.first = first;
      this.until = first;
    }
  }

  /**
   * Visits the rows from {@code from} (included) to {@code to} (excluded); answers whether there
   * was one.
   *
   * @param key what {@code from} are the bytes of
   */
  boolean scan(K key, byte[] from, byte[] to, Rows.Visitor visitor) {
    Front front = fronts.get(key);
    if (front == null) {
      FirstRow first = new FirstRow(visitor);
      rows.scan(from, to, first);
      fronts.put(key, new Front(from, first.row == null ? to : first.row));
      if (fronts.size() > PLACES) {
        fronts.pollFirstEntry();
      }
      return first.row != null;
    }
    if (Arrays.compareUnsigned(front.first, to) >= 0) {
      return false;
    }
    NavigableMap<byte[], byte[]> head = head(front);
    boolean any = false;
    for (Map.Entry<byte[], byte[]> row : head.headMap(to, false).entrySet()) {
      any = true;
      if (!visitor.visit(row.getKey(), row.getValue())) {
        return true;
      }
    }
    if (Arrays.compareUnsigned(front.until, to) >= 0) {
      return any;
    }
    FirstRow further = new FirstRow(visitor);
    rows.scan(front.until, to, further);
    return any || further.row != null;
  }

  private NavigableMap<byte[], byte[]> head(Front front) {
    NavigableMap<byte[], byte[]> head = front.head;
    if (head != null && (!head.isEmpty() || Arrays.equals(front.until, tableEnd))) {
      return head;
    }
    if (head != null) {
      front.first = front.until;
    }
    NavigableMap<byte[], byte[]> loaded = new TreeMap<>(Arrays::compareUnsigned);
    front.until = tableEnd;
    rows.scan(
        front.first,
        tableEnd,
        (key, value) -> {
          if (loaded.size() == ROWS) {
            front.until = key;
            return false;
          }
          loaded.put(key, value);
          return true;
        });
    front.head = loaded;
    return loaded;
  }

  /** A row was written. */
  void written(byte[] row, byte[] value) {
    for (Front front : fronts.values()) {
      NavigableMap<byte[], byte[]> head = front.head;
      byte[] end = head == null ? front.first : front.until;
      if (Arrays.compareUnsigned(row, end) >= 0 || Arrays.compareUnsigned(row, front.from) < 0) {
        continue;
      }
      if (Arrays.compareUnsigned(row, front.first) < 0) {
        front.first = row;
      }
      if (head != null) {
        head.put(row, value);
        trim(front, head);
      }
    }
  }

  private static void trim(Front front, NavigableMap<byte[], byte[]> head) {
    if (head.size() > 2 * ROWS) {
      while (head.size() > ROWS) {
        front.until = head.pollLastEntry().getKey();
      }
    }
  }

  /** A row was removed. */
  void removed(byte[] row) {
    for (Front front : fronts.values()) {
      if (front.head != null) {
        front.head.remove(row);
      }
    }
  }

  /** Gives up the rows, and keeps where they begin. */
  void forget() {
    for (Front front : fronts.values()) {
      if (front.head != null) {
        front.first = front.head.isEmpty() ? front.until : front.head.firstKey();
        front.head = null;
      }
    }
  }

  /** Notes the first row that it passes on. */
  private static final class FirstRow implements Rows.Visitor {
    private final Rows.Visitor visitor;
    private byte @Nullable [] row;

    FirstRow(Rows.Visitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public boolean visit(byte[] key, byte[] value) {
      if (row == null) {
        row = key;
      }
      return visitor.visit(key, value);
    }
  }
}
