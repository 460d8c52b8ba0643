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
  private NetworkHead head;

  Network(String name, StoreState state, NetworkHead head) {
    this.name = name;
    this.state = state;
    this.head = head;
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
  }
}
