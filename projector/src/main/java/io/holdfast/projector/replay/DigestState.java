package io.holdfast.projector.replay;

import io.holdfast.domain.state.MemoryState;
import io.holdfast.domain.state.OrderedTable;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** State on the heap that keeps its digest: every change of an entry adds its difference. */
public final class DigestState implements State {
  private final List<OrderedTable<?, ?>> tables = new ArrayList<>();
  private long digest;

  public DigestState() {
    MemoryState plain = new MemoryState();
    TableId.all().forEach(id -> tables.add(table(plain, id)));
  }

  // Every key is comparable; the list of ids does not say so.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private OrderedTable<?, ?> table(State plain, TableId id) {
    return id.isDigested() ? new Digested(id) : plain.table(id);
  }

  /** The sum of the hashes of all entries. */
  public long digest() {
    return digest;
  }

  @Override
  @SuppressWarnings("unchecked") // the list is filled by index, one table an id
  public <K extends Comparable<K>, V> OrderedTable<K, V> table(TableId<K, V> id) {
    return (OrderedTable<K, V>) tables.get(id.index());
  }

  /** A value and its hash: what an entry was hashed to is subtracted when it goes. */
  private record Hashed<V>(V value, long hash) {}

  private final class Digested<K extends Comparable<K>, V> implements OrderedTable<K, V> {
    private final TableId<K, V> id;
    private final TreeMap<K, Hashed<V>> entries = new TreeMap<>();

    Digested(TableId<K, V> id) {
      this.id = id;
    }

    @Override
    public @Nullable V get(K key) {
      Hashed<V> entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    @Override
    public void put(K key, V value) {
      Hashed<V> entry = new Hashed<>(value, id.digest().of(key, value));
      Hashed<V> before = entries.put(key, entry);
      digest += entry.hash() - (before == null ? 0 : before.hash());
    }

    @Override
    public void remove(K key) {
      Hashed<V> before = entries.remove(key);
      digest -= before == null ? 0 : before.hash();
    }

    @Override
    public void scan(K from, K to, Visitor<K, V> visitor) {
      for (Map.Entry<K, Hashed<V>> e : entries.subMap(from, true, to, false).entrySet()) {
        if (!visitor.visit(e.getKey(), e.getValue().value())) {
          return;
        }
      }
    }
  }
}
