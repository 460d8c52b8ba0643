package io.holdfast.domain.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** State on the heap: for tests, replays and simulations. */
public final class MemoryState implements State {
  private final List<MemoryTable<?, ?>> tables = new ArrayList<>();

  public MemoryState() {
    TableId.all().forEach(id -> tables.add(new MemoryTable<>()));
  }

  @Override
  @SuppressWarnings("unchecked") // the list is filled by index, one table an id
  public <K extends Comparable<K>, V> OrderedTable<K, V> table(TableId<K, V> id) {
    return (OrderedTable<K, V>) tables.get(id.index());
  }

  private static final class MemoryTable<K extends Comparable<K>, V> implements OrderedTable<K, V> {
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
}
