package io.holdfast.domain.state;

import java.util.ConcurrentModificationException;
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

  private final class OverlayTable<K extends Comparable<K>, V> implements OrderedTable<K, V> {
    private final TableId<K, V> id;
    private final OrderedTable<K, V> below;
    private final Changes<K, V> changes = new Changes<>();

    OverlayTable(TableId<K, V> id, OrderedTable<K, V> below) {
      this.id = id;
      this.below = below;
    }

    void apply() {
      for (int i = 0; i < changes.size(); i++) {
        V value = changes.change(i).value;
        if (value == null) {
          below.remove(changes.key(i));
        } else {
          below.put(changes.key(i), value);
        }
      }
      changes.clear();
    }

    @Override
    public @Nullable V get(K key) {
      int at = changes.find(key);
      return at >= 0 ? changes.change(at).value : below.get(key);
    }

    @Override
    public void put(K key, V value) {
      change(key, value);
    }

    @Override
    public void remove(K key) {
      int at = id.isDigested() ? -1 : changes.find(key);
      if (at >= 0 && below.get(key) == null) {
        changes.remove(at); // it came and went: the state below need not know
      } else {
        change(key, null);
      }
    }

    private void change(K key, @Nullable V value) {
      int at = changes.find(key);
      Changes.Change<V> change;
      if (at >= 0) {
        change = changes.change(at);
      } else {
        change = new Changes.Change<>();
        change.part = part(key, id.isDigested() ? below.get(key) : null);
        changes.insert(~at, key, change);
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
      if (changes.size() == 0) {
        below.scan(from, to, visitor);
        return;
      }
      Merge merge = new Merge(changes.ceiling(from), changes.ceiling(to), visitor);
      below.scan(from, to, merge);
      merge.rest();
    }

    /** Lays the changes over what the state below shows, in order. */
    private final class Merge implements Visitor<K, V> {
      private final int end;
      private final int size = changes.size();
      private final Visitor<K, V> visitor;
      private int next;
      private boolean enough;

      Merge(int from, int end, Visitor<K, V> visitor) {
        this.next = from;
        this.end = end;
        this.visitor = visitor;
      }

      @Override
      public boolean visit(K key, V value) {
        while (!enough && next < end && changes.key(next).compareTo(key) < 0) {
          emit();
        }
        if (!enough && next < end && changes.key(next).compareTo(key) == 0) {
          emit();
        } else if (!enough) {
          enough = !visitor.visit(key, value);
        }
        return !enough;
      }

      void rest() {
        while (!enough && next < end) {
          emit();
        }
      }

      private void emit() {
        if (changes.size() != size) {
          throw new ConcurrentModificationException("a visitor changed the table that it visits");
        }
        K key = changes.key(next);
        V value = changes.change(next).value;
        next++;
        if (value != null) {
          enough = !visitor.visit(key, value);
        }
      }
    }
  }
}
