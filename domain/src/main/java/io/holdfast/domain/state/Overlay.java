package io.holdfast.domain.state;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
  private final List<@Nullable OverlayTable<?, ?>> tables = new ArrayList<>();
  private long digest;

  /**
   * @param digest the network's digest before
   */
  public Overlay(State base, long digest) {
    this.base = base;
    this.digest = digest;
    TableId.all().forEach(id -> tables.add(null));
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
    OverlayTable<?, ?> table = tables.get(id.index());
    if (table == null) {
      table = new OverlayTable<>(id, base.table(id));
      tables.set(id.index(), table);
    }
    return (OrderedTable<K, V>) table;
  }

  private final class OverlayTable<K extends Comparable<K>, V> implements OrderedTable<K, V> {
    private final TableId<K, V> id;
    private final OrderedTable<K, V> below;
    private final TreeMap<K, @Nullable V> changes = new TreeMap<>();

    OverlayTable(TableId<K, V> id, OrderedTable<K, V> below) {
      this.id = id;
      this.below = below;
    }

    void apply() {
      changes.forEach((key, value) -> {
        if (value == null) {
          below.remove(key);
        } else {
          below.put(key, value);
        }
      });
      changes.clear();
    }

    @Override
    public @Nullable V get(K key) {
      V changed = changes.get(key);
      return changed != null || changes.containsKey(key) ? changed : below.get(key);
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
      if (id.isDigested()) {
        V before = get(key);
        digest -= before == null ? 0 : id.digest().of(key, before);
        digest += value == null ? 0 : id.digest().of(key, value);
      }
      changes.put(key, value);
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
      private final Iterator<Map.Entry<K, @Nullable V>> over;
      private final Visitor<K, V> visitor;
      private Map.@Nullable Entry<K, @Nullable V> next;
      private boolean enough;

      Merge(Iterator<Map.Entry<K, @Nullable V>> over, Visitor<K, V> visitor) {
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
        Map.Entry<K, @Nullable V> entry = next;
        advance();
        if (entry != null && entry.getValue() != null) {
          enough = !visitor.visit(entry.getKey(), entry.getValue());
        }
      }
    }
  }
}
