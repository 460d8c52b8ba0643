package io.holdfast.domain.evolve;

import static io.holdfast.domain.evolve.Evolver.existing;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;

/** What events make of nodes. */
final class NodeEvolution {
  private NodeEvolution() {}

  static void registered(State state, EventHeader header, Event.NodeRegistered e) {
    state.nodes().put(e.node(), Node.registered(e.bootId(), header.time()));
  }

  static void lost(State state, EventHeader header, Event.NodeLost e) {
    state.nodes().put(e.node(), node(state, e.node()).lost(header.time()));
  }

  static void returned(State state, EventHeader header, Event.NodeReturned e) {
    state.nodes().put(e.node(), node(state, e.node()).returned(e.bootId(), header.time()));
    if (e.inventoryDueAt() != 0) {
      state
          .timers()
          .put(
              new TimerKey(e.inventoryDueAt(), TimerKind.INVENTORY, e.node(), e.bootId()),
              Mark.SET);
    }
  }

  static void fenced(State state, EventHeader header, Event.NodeFenced e) {
    Node node = node(state, e.node());
    boolean presentBoot = e.bootId().equals(node.bootId());
    state.nodes().put(e.node(), presentBoot ? node.fenced(header.time()) : node.inventoried());
  }

  static void inventoryTaken(State state, Event.OwnerInventoryTaken e) {
    state.nodes().put(e.node(), node(state, e.node()).inventoried());
  }

  static void inventoryOverdue(State state, Event.OwnerInventoryOverdue e) {
    state.nodes().put(e.node(), node(state, e.node()).inventoryOverdue());
  }

  private static Node node(State state, String name) {
    return existing(state.nodes().get(name), name);
  }
}
