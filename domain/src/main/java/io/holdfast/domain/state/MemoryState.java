package io.holdfast.domain.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** State on the heap: for tests, replays and simulations. */
public final class MemoryState implements State {
  private final List<OrderedTable<?, ?>> tables = new ArrayList<>();

  public MemoryState() {
    TableId.all().forEach(id -> tables.add(id.isIndex() ? new Sorted<>() : new Indexed<>()));
  }

  @Override
  @SuppressWarnings("unchecked") // the list is filled by index, one table an id
  public <K extends Comparable<K>, V> OrderedTable<K, V> table(TableId<K, V> id) {
    return (OrderedTable<K, V>) tables.get(id.index());
  }

  /** For keys that come and go. */
  private static final class Sorted<K extends Comparable<K>, V> implements OrderedTable<K, V> {
    private final TreeMap<K, V> entries = new TreeMap<>();

    @Override
    public @Nullable V get(K key) {
      return entries.get(key);
    }

    @Override
    public void put(K key, V value) {
      entries.put(key, value);
    }

    @Override
    public void remove(K key) {
      entries.remove(key);
    }

    @Override
    public void scan(K from, K to, Visitor<K, V> visitor) {
      for (Map.Entry<K, V> e : entries.subMap(from, true, to, false).entrySet()) {
        if (!visitor.visit(e.getKey(), e.getValue())) {
          return;
        }
      }
    }
  }

  /** For keys that stay while their values change: those are found in constant time. */
  private static final class Indexed<K extends Comparable<K>, V> implements OrderedTable<K, V> {
    private final Map<K, Cell<V>> cells = new HashMap<>();
    private final TreeMap<K, Cell<V>> sorted = new TreeMap<>();

    private static final class Cell<V> {
      V value;

      Cell(V value) {
        this.value = value;
      }
    }

    @Override
    public @Nullable V get(K key) {
      Cell<V> cell = cells.get(key);
      return cell == null ? null : cell.value;
    }

    @Override
    public void put(K key, V value) {
      Cell<V> cell = cells.get(key);
      if (cell != null) {
        cell.value = value;
        return;
      }
      Cell<V> added = new Cell<>(value);
      cells.put(key, added);
      sorted.put(key, added);
    }

    @Override
    public void remove(K key) {
      if (cells.remove(key) != null) {
        sorted.remove(key);
      }
    }

    @Override
    public void scan(K from, K to, Visitor<K, V> visitor) {
      for (Map.Entry<K, Cell<V>> e : sorted.subMap(from, true, to, false).entrySet()) {
        if (!visitor.visit(e.getKey(), e.getValue().value)) {
          return;
        }
      }
    }
  }
}
