package io.holdfast.allocator.topology;

import io.holdfast.allocator.store.Layout;
import io.holdfast.allocator.store.NetworkRows;
import io.holdfast.allocator.store.Rows;
import io.holdfast.allocator.store.StoreState;
import io.holdfast.allocator.topology.Recovery.PartitionHead;
import io.holdfast.domain.state.TableId;
import io.holdfast.wire.Codec;
import io.holdfast.wire.NetworkHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The networks of one partition, and how far the partition's log has got. */
final class Books {
  private final Layout layout;
  private final LongSupplier nanoTime;
  private final Function<String, Rows> stores;
  private final NetworkRows heads;
  private final Map<String, Network> networks = new HashMap<>();
  private @Nullable Network turn;
  private @Nullable String last;

  Books(Codec codec, Layout layout, Function<String, Rows> stores, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.layout = layout;
    this.stores = stores;
    this.heads = new NetworkRows(codec, stores.apply(Layout.NETWORKS));
    this.last = heads.last();
  }

  /** The network of this name, in its turn; without events if it is new. */
  Network network(String name) {
    Network known = networks.get(name);
    if (known == null) {
      NetworkHead found = heads.get(name);
      NetworkHead head = found == null ? NetworkHead.START : found;
      known =
          new Network(
              name,
              new StoreState(layout, name, stores),
              head,
              new NetworkClock(nanoTime, head.time()));
      known.state().findNextDue();
      networks.put(name, known);
    }
    turnTo(known);
    return known;
  }

  /**
   * It is this network's turn. The one before gives up what it has decoded: of thousands of
   * networks that would be much.
   */
  void turnTo(Network network) {
    if (network != turn) {
      if (turn != null) {
        turn.state().forget();
      }
      turn = network;
    }
  }

  /**
   * Brings all networks of the stores to hand, and returns the heads of those with events. One that
   * has had nothing but refusals has timers all the same.
   */
  SortedMap<String, NetworkHead> open() {
    SortedMap<String, NetworkHead> all = heads.all();
    all.keySet().forEach(this::network);
    layout.networksWith(TableId.TIMERS, stores).forEach(this::network);
    return all;
  }

  /** Forgets one that has neither events nor timers: any name at all may stand in a command. */
  void letGo(String name) {
    Network network = networks.get(name);
    if (network != null
        && network.head().sequence() == 0
        && network.state().nextDue() == Long.MAX_VALUE) {
      networks.remove(name);
    }
  }

  /**
   * Those of which something is due.
   *
   * @param now the machine's clock, epoch milliseconds
   */
  List<Network> due(long now) {
    List<Network> due = new ArrayList<>();
    for (Network network : networks.values()) {
      if (network.state().nextDue() <= network.time(now)) {
        due.add(network);
      }
    }
    return due;
  }

  Iterable<Network> all() {
    return networks.values();
  }

  /** The partition's last event; null if it has none. */
  @Nullable PartitionHead partitionHead() {
    String name = last;
    return name == null ? null : new PartitionHead(name, network(name).head());
  }

  /** Notes that the network, and with it the partition, has got this far. */
  void advance(Network network, NetworkHead head) {
    network.advance(head);
    heads.put(network.name(), head);
    if (!network.name().equals(last)) {
      last = network.name();
      heads.last(network.name());
    }
  }
}
