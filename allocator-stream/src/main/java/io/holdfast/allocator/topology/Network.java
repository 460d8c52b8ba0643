package io.holdfast.allocator.topology;

import io.holdfast.allocator.store.StoreState;
import io.holdfast.wire.NetworkHead;

/**
 * A network as its partition's thread has it at hand: its state in the stores, and how far its log
 * has got.
 */
final class Network {
  private final String name;
  private final StoreState state;
  private final NetworkClock clock;
  private NetworkHead head;
  private long heardFrom;

  /**
   * @param clock at the time of the head
   */
  Network(String name, StoreState state, NetworkHead head, NetworkClock clock) {
    this.name = name;
    this.state = state;
    this.head = head;
    this.clock = clock;
    this.heardFrom = head.time();
  }

  /**
   * The network's time.
   *
   * @param wall the machine's clock, epoch milliseconds
   */
  long time(long wall) {
    return clock.read(wall);
  }

  /** Silence before now says nothing about a node. */
  void hearsFrom(long wall) {
    heardFrom = clock.read(wall);
  }

  /**
   * From when on silence tells of a node, in the network's time.
   *
   * @param wall from when on anybody was listened to, on the machine's clock
   */
  long heardFrom(long wall) {
    return Math.max(heardFrom, wall);
  }

  String name() {
    return name;
  }

  StoreState state() {
    return state;
  }

  NetworkHead head() {
    return head;
  }

  void advance(NetworkHead to) {
    head = to;
    clock.atLeast(to.time());
  }
}
