package io.holdfast.domain.state;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes on top of a state, kept apart until they are applied or dropped: a decision is made and
 * folded here first, so that a refusal leaves no trace and nothing reaches a store before all of it
 * is known to hold.
 *
 * <p>It also keeps the digest: every change of a digested entry adds its difference.
 */
public final class Overlay implements State {
  private final State base;
  private final @Nullable OverlayTable<?, ?>[] tables =
      new OverlayTable<?, ?>[TableId.all().size()];
  private long digest;

  /**
   * @param digest the network's digest before
   */
  public Overlay(State base, long digest) {
    this.base = base;
    this.digest = digest;
  }

  /** The network's digest with the changes. */
  public long digest() {
    return digest;
  }

  /** How many entries are changed. */
  public int size() {
    int size = 0;
    for (OverlayTable<?, ?> table : tables) {
      size += table == null ? 0 : table.changes.size();
    }
    return size;
  }

  /** Writes the changes to the state below and forgets them. */
  public void apply() {
    for (OverlayTable<?, ?> table : tables) {
      if (table != null) {
        table.apply();
      }
    }
  }

  /** Forgets the changes. */
  public void drop(long digestBefore) {
    for (OverlayTable<?, ?> table : tables) {
      if (table != null) {
        table.changes.clear();
      }
    }
    digest = digestBefore;
  }

  @Override
  @SuppressWarnings("unchecked") // the list is filled by index, one table an id
  public <K extends Comparable<K>, V> OrderedTable<K, V> table(TableId<K, V> id) {
    OverlayTable<?, ?> table = tables[id.index()];
    if (table == null) {
      table = new OverlayTable<>(id, base.table(id));
      tables[id.index()] = table;
    }
    return (OrderedTable<K, V>) table;
  }

  /** What an entry is now; its part of the digest is kept, because most entries change again. */
  private static final class Change<V> {
    @Nullable V value;
    long part;
  }

  private final class OverlayTable<K extends Comparable<K>, V> implements OrderedTable<K, V> {
    private final TableId<K, V> id;
    private final OrderedTable<K, V> below;
    private final TreeMap<K, Change<V>> changes = new TreeMap<>();

    OverlayTable(TableId<K, V> id, OrderedTable<K, V> below) {
      this.id = id;
      this.below = below;
    }

    void apply() {
      for (Map.Entry<K, Change<V>> e : changes.entrySet()) {
        V value = e.getValue().value;
        if (value == null) {
          below.remove(e.getKey());
        } else {
          below.put(e.getKey(), value);
        }
      }
      changes.clear();
    }

    @Override
    public @Nullable V get(K key) {
      Change<V> change = changes.get(key);
      return change != null ? change.value : below.get(key);
    }

    @Override
    public void put(K key, V value) {
      change(key, value);
    }

    @Override
    public void remove(K key) {
      change(key, null);
    }

    private void change(K key, @Nullable V value) {
      Change<V> change = changes.get(key);
      if (change == null) {
        change = new Change<>();
        change.part = part(key, id.isDigested() ? below.get(key) : null);
        changes.put(key, change);
      }
      long part = part(key, value);
      digest += part - change.part;
      change.part = part;
      change.value = value;
    }

    private long part(K key, @Nullable V value) {
      return value == null || !id.isDigested() ? 0 : id.digest().of(key, value);
    }

    @Override
    public void scan(K from, K to, Visitor<K, V> visitor) {
      if (changes.isEmpty()) {
        below.scan(from, to, visitor);
        return;
      }
      Merge merge = new Merge(changes.subMap(from, true, to, false).entrySet().iterator(), visitor);
      below.scan(from, to, merge);
      merge.rest();
    }

    /** Lays the changes over what the state below shows, in order. */
    private final class Merge implements Visitor<K, V> {
      private final Iterator<Map.Entry<K, Change<V>>> over;
      private final Visitor<K, V> visitor;
      private Map.@Nullable Entry<K, Change<V>> next;
      private boolean enough;

      Merge(Iterator<Map.Entry<K, Change<V>>> over, Visitor<K, V> visitor) {
        this.over = over;
        this.visitor = visitor;
        advance();
      }

      private void advance() {
        next = over.hasNext() ? over.next() : null;
      }

      @Override
      public boolean visit(K key, V value) {
        while (!enough && next != null && next.getKey().compareTo(key) < 0) {
          emit();
        }
        if (!enough && next != null && next.getKey().compareTo(key) == 0) {
          emit();
        } else if (!enough) {
          enough = !visitor.visit(key, value);
        }
        return !enough;
      }

      void rest() {
        while (!enough && next != null) {
          emit();
        }
      }

      private void emit() {
        Map.Entry<K, Change<V>> entry = next;
        advance();
        V value = entry == null ? null : entry.getValue().value;
        if (entry != null && value != null) {
          enough = !visitor.visit(entry.getKey(), value);
        }
      }
    }
  }
}
