package io.holdfast.allocator.store;

import io.holdfast.domain.state.OrderedTable;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import io.holdfast.domain.state.TimerKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One network's state in the stores. It keeps some rows decoded, and remembers which are not there,
 * so it is for one thread, and for one reading or for as long as it alone writes the stores.
 */
public final class StoreState implements State {
  private static final int MANY = 1_000;

  /** A decision asks for the same few rows several times over, and most are not there. */
  private static final int FEW = 32;

  /**
   * After so many looks in vain it is worth asking whether a table has any row: a network that does
   * without waiting, quotas, policies or leases does not pay for looking for them.
   */
  private static final int IN_VAIN = 1_000;

  private final List<StoreTable<?, ?>> tables = new ArrayList<>();
  private long nextDue = Long.MAX_VALUE;

  /**
   * @param rows the store of that name
   */
  public StoreState(Layout layout, String network, Function<String, Rows> rows) {
    for (Layout.Place<?, ?> place : layout.places()) {
      tables.add(new StoreTable<>(place, network, rows.apply(place.store())));
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the list is filled by index, one table an id
  public <K extends Comparable<K>, V> OrderedTable<K, V> table(TableId<K, V> id) {
    return (OrderedTable<K, V>) tables.get(id.index());
  }

  /**
   * Not after the first timer's deadline, epoch milliseconds: nothing is due before it. Exact after
   * {@link #findNextDue()}, then lowered with every timer that is set.
   */
  public long nextDue() {
    return nextDue;
  }

  public void findNextDue() {
    nextDue = Long.MAX_VALUE;
    timers()
        .scan(
            TimerKey.FIRST,
            TimerKey.after(Long.MAX_VALUE - 1),
            (key, mark) -> {
              nextDue = key.due();
              return false;
            });
  }

  /** Gives up the rows that are kept decoded, but for those that are read again and again. */
  public void forget() {
    tables.forEach(StoreTable::forget);
  }

  /** The rows of one table and network. */
  private final class StoreTable<K extends Comparable<K>, V> implements OrderedTable<K, V> {
    private final Layout.Place<K, V> place;
    private final byte[] prefix;
    private final Rows rows;
    private final LinkedHashMap<K, @Nullable V> known = new LinkedHashMap<>();
    private final byte[] end;
    private final Fronts<K> fronts;
    private boolean isEmpty;
    private int inVain;

    StoreTable(Layout.Place<K, V> place, String network, Rows rows) {
      this.place = place;
      this.prefix = new KeyWriter().octet(place.tag()).text(network).toBytes();
      this.rows = rows;
      this.end = prefix.clone();
      end[end.length - 1]++; // the second zero that ends the network's name
      this.fronts = new Fronts<>(rows, end);
    }

    private byte[] bytes(K key) {
      KeyWriter writer = new KeyWriter().raw(prefix);
      place.keys().write(key, writer);
      return writer.toBytes();
    }

    @Override
    public @Nullable V get(K key) {
      V value = known.get(key);
      if (value != null || known.containsKey(key)) {
        return value;
      }
      if (isEmpty) {
        return null;
      }
      byte[] bytes = rows.get(bytes(key));
      value = bytes == null ? null : place.values().read(bytes);
      keep(key, value);
      found(bytes != null);
      return value;
    }

    private void found(boolean found) {
      if (!found && ++inVain == IN_VAIN) {
        inVain = 0;
        boolean[] any = {false};
        rows.scan(
            prefix,
            end,
            (key, value) -> {
              any[0] = true;
              return false;
            });
        isEmpty = !any[0];
      }
    }

    private void forget() {
      if (!place.isSmall()) {
        known.clear();
        fronts.forget();
      }
    }

    private void keep(K key, @Nullable V value) {
      known.put(key, value);
      if (known.size() > (place.isSmall() ? MANY : FEW)) {
        known.pollFirstEntry();
      }
    }

    @Override
    public void put(K key, V value) {
      isEmpty = false;
      byte[] row = bytes(key);
      byte[] written = place.values().write(value);
      rows.put(row, written);
      fronts.written(row, written);
      keep(key, value);
      if (key instanceof TimerKey timer) {
        nextDue = Math.min(nextDue, timer.due());
      }
    }

    @Override
    public void remove(K key) {
      byte[] row = bytes(key);
      rows.put(row, null);
      fronts.removed(row);
      keep(key, null);
    }

    @Override
    public void scan(K from, K to, OrderedTable.Visitor<K, V> visitor) {
      if (isEmpty) {
        return;
      }
      found(
          fronts.scan(
              from,
              bytes(from),
              bytes(to),
              (key, value) ->
                  visitor.visit(
                      place.keys().read(new KeyReader(key, prefix.length)),
                      place.values().read(value))));
    }
  }
}
