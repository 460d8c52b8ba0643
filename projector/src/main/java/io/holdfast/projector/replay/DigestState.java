package io.holdfast.projector.replay;

import io.holdfast.domain.state.MemoryState;
import io.holdfast.domain.state.OrderedTable;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State on the heap that keeps its digest: every change of an entry adds its difference. */
public final class DigestState implements State {
  private final MemoryState memory = new MemoryState();
  private final List<OrderedTable<?, ?>> tables = new ArrayList<>();
  private long digest;

  public DigestState() {
    TableId.all().forEach(id -> tables.add(over(memory, id)));
  }

  // Every key is comparable; the list of ids does not say so.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private OrderedTable<?, ?> over(State of, TableId id) {
    OrderedTable below = of.table(id);
    return id.isDigested() ? new Digested(id, below) : below;
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

  private final class Digested<K extends Comparable<K>, V> implements OrderedTable<K, V> {
    private final TableId<K, V> id;
    private final OrderedTable<K, V> below;

    Digested(TableId<K, V> id, OrderedTable<K, V> below) {
      this.id = id;
      this.below = below;
    }

    @Override
    public @Nullable V get(K key) {
      return below.get(key);
    }

    @Override
    public void put(K key, V value) {
      V before = below.get(key);
      digest -= before == null ? 0 : id.digest().of(key, before);
      digest += id.digest().of(key, value);
      below.put(key, value);
    }

    @Override
    public void remove(K key) {
      V before = below.get(key);
      digest -= before == null ? 0 : id.digest().of(key, before);
      below.remove(key);
    }

    @Override
    public void scan(K from, K to, Visitor<K, V> visitor) {
      below.scan(from, to, visitor);
    }
  }
}
