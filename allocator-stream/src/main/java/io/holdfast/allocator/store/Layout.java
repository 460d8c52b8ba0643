package io.holdfast.allocator.store;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Drift;
import io.holdfast.domain.model.FormerRule;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Holding;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.model.Quota;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.Waiter;
import io.holdfast.domain.state.TableId;
import io.holdfast.wire.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which store holds which table, and how. Tables that change together share a store, because each
 * store costs a RocksDB for every partition and, when written, a changelog partition in every
 * transaction. A row's key is the table's tag, the network, and the table's key.
 *
 * <p>Names end in the layout's version: a changelog that was written in another layout must not be
 * read as this one. Stores that are not there are made from the log of events.
 */
public final class Layout {
  /** Heads, pools and what is counted of them: few rows, changed by nearly every command. */
  public static final String NETWORKS = "networks-2";

  public static final String ADDRESSES = "addresses-2";
  public static final String GATEWAYS = "gateways-2";
  public static final String OUTCOMES = "outcomes-2";

  /** Below are {@link NetworkRows} and {@link HeldRows}. */
  private static final int OF_POOLS = 16;

  private static final Set<TableId<?, ?>> SMALL =
      Set.of(TableId.POOLS, TableId.POOL_USE, TableId.GATEWAYS, TableId.NODES);

  private final List<Place<?, ?>> places = new ArrayList<>();

  /** Where and how a table is kept. */
  record Place<K extends Comparable<K>, V>(
      TableId<K, V> id, String store, int tag, KeyCodec<K> keys, ValueCodec<V> values) {

    /** Few rows, each read again and again: the thread that writes them keeps them decoded. */
    boolean isSmall() {
      return SMALL.contains(id);
    }
  }

  public Layout(Codec codec) {
    add(TableId.POOLS, NETWORKS, OF_POOLS, KeyCodec.NAME, ValueCodec.avro(codec, Pool.class));
    add(
        TableId.POOL_USE,
        NETWORKS,
        OF_POOLS + 1,
        KeyCodec.NAME,
        ValueCodec.avro(codec, PoolUse.class));
    add(TableId.ADDRESSES, ADDRESSES, 1, KeyCodec.IP, ValueCodec.avro(codec, Address.class));
    add(TableId.RULES, GATEWAYS, 1, KeyCodec.RULE, ValueCodec.avro(codec, Rule.class));
    add(TableId.GATEWAYS, GATEWAYS, 2, KeyCodec.NAME, ValueCodec.avro(codec, Gateway.class));
    add(TableId.NODES, GATEWAYS, 3, KeyCodec.NAME, ValueCodec.avro(codec, Node.class));
    add(TableId.OWNERS, ADDRESSES, 2, KeyCodec.OWNER, ValueCodec.avro(codec, Holding.class));
    add(TableId.BINDINGS, GATEWAYS, 4, KeyCodec.BINDING, ValueCodec.avro(codec, RuleKey.class));
    add(TableId.DRIFTS, GATEWAYS, 5, KeyCodec.DRIFT, ValueCodec.avro(codec, Drift.class));
    add(TableId.FORMER_RULES, GATEWAYS, 6, KeyCodec.RULE, ValueCodec.avro(codec, FormerRule.class));
    add(TableId.QUOTAS, NETWORKS, OF_POOLS + 2, KeyCodec.NAME, ValueCodec.avro(codec, Quota.class));
    add(
        TableId.WAITERS,
        NETWORKS,
        OF_POOLS + 3,
        KeyCodec.NUMBER,
        ValueCodec.avro(codec, Waiter.class));
    add(TableId.CARRIED, GATEWAYS, 7, KeyCodec.CARRIED, ValueCodec.MARK);
    add(TableId.REUSABLE, ADDRESSES, 3, KeyCodec.REUSABLE, ValueCodec.MARK);
    add(TableId.RESIDENTS, ADDRESSES, 4, KeyCodec.RESIDENT, ValueCodec.MARK);
    add(TableId.TIMERS, ADDRESSES, 5, KeyCodec.TIMER, ValueCodec.MARK);
    add(TableId.TENANT_REUSABLE, ADDRESSES, 6, KeyCodec.TENANT_REUSABLE, ValueCodec.MARK);
    add(TableId.LAST_HELD, ADDRESSES, 7, KeyCodec.LAST_HELD, ValueCodec.MARK);
    add(TableId.RUNS, ADDRESSES, 8, KeyCodec.RUN, ValueCodec.IP);
    add(TableId.RUN_LENGTHS, ADDRESSES, 9, KeyCodec.RUN_LENGTH, ValueCodec.MARK);
    add(TableId.WAITING, ADDRESSES, 10, KeyCodec.WAITING, ValueCodec.MARK);
    add(TableId.TICKETS, ADDRESSES, 11, KeyCodec.OWNER, ValueCodec.NUMBER);
    add(TableId.LAST_SEEN, GATEWAYS, 8, KeyCodec.NAME, ValueCodec.NUMBER);
    add(TableId.OUTCOMES, OUTCOMES, 1, KeyCodec.NAME, ValueCodec.remembered(codec));
  }

  private <K extends Comparable<K>, V> void add(
      TableId<K, V> id, String store, int tag, KeyCodec<K> keys, ValueCodec<V> values) {
    if (id.index() != places.size()) {
      throw new IllegalStateException(
          "tables are listed by index, and " + id.name() + " is not next");
    }
    places.add(new Place<>(id, store, tag, keys, values));
  }

  /** Names of the networks that have rows in a table: one look a network. */
  public SortedSet<String> networksWith(TableId<?, ?> table, Function<String, Rows> stores) {
    Place<?, ?> place = places.get(table.index());
    Rows rows = stores.apply(place.store());
    TreeSet<String> networks = new TreeSet<>();
    byte[] from = {(byte) place.tag()};
    byte[] to = {(byte) (place.tag() + 1)};
    int known;
    do {
      known = networks.size();
      rows.scan(
          from,
          to,
          (key, value) -> {
            networks.add(new KeyReader(key, 1).text());
            return false;
          });
      if (networks.size() > known) {
        // No key goes on with this octet: dues and addresses begin with lower ones.
        from = new KeyWriter().octet(place.tag()).text(networks.last()).octet(0xff).toBytes();
      }
    } while (networks.size() > known);
    return networks;
  }

  /** The places of all tables, by the index of their ids. */
  List<Place<?, ?>> places() {
    return List.copyOf(places);
  }

  /** Names of all stores, for the topology. */
  public static List<String> stores() {
    return List.of(NETWORKS, ADDRESSES, GATEWAYS, OUTCOMES);
  }
}
