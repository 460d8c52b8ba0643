package io.holdfast.domain.decide;

import io.holdfast.domain.event.Evidence;
import io.holdfast.domain.event.MoveCause;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.domain.state.State;

/** Gateways on a node that is not up: they move as soon as they can, and nothing waits for them. */
final class StrandedDecisions {
  private StrandedDecisions() {}

  static void look(Draft draft, long heardFrom) {
    leaveUnknown(draft, heardFrom);
    rescue(draft);
    for (String name : GatewayDecisions.names(draft.state())) {
      letGo(draft, name, heardFrom);
    }
  }

  /** Gateways that stayed on a lost node because no candidate was up. */
  static void rescue(Draft draft) {
    for (String name : GatewayDecisions.names(draft.state())) {
      String on = GatewayDecisions.gateway(draft.state(), name).node();
      Node node = on == null ? null : draft.state().nodes().get(on);
      if (on != null && node != null && !node.up()) {
        GatewayDecisions.moveAway(
            draft,
            name,
            MoveCause.NODE_LOST,
            NodeDecisions.lastContact(draft.state(), on, node.since()),
            "node " + on + " is lost");
      }
    }
  }

  /** Gateways whose first node was never heard of at all. */
  private static void leaveUnknown(Draft draft, long heardFrom) {
    for (String name : GatewayDecisions.names(draft.state())) {
      Gateway gateway = GatewayDecisions.gateway(draft.state(), name);
      String on = gateway.node();
      long since = Math.max(gateway.placedAt(), heardFrom);
      if (on != null
          && draft.state().nodes().get(on) == null
          && draft.now() - since > draft.settings().nodeLostAfterMs()) {
        GatewayDecisions.moveAway(
            draft, name, MoveCause.NODE_LOST, since, "node " + on + " was never heard of");
      }
    }
  }

  /**
   * What waits to be seen gone from an instance that cannot be replaced goes on once its lease has
   * surely run out: its agent has taken everything down by itself. The gateway stays where it is,
   * in a new epoch, so that what is done again when the node comes back is told from what was.
   */
  private static void letGo(Draft draft, String name, long heardFrom) {
    State state = draft.state();
    Gateway gateway = GatewayDecisions.gateway(state, name);
    String on = gateway.node();
    if (on == null || GatewayDecisions.isUp(state, on)) {
      return;
    }
    long heard = NodeDecisions.lastContact(state, on, heardFrom);
    if (heard + Settings.fenceWaitMs(gateway.leaseMs()) > draft.now()
        || !isWaitedFor(state, name, on, gateway.epoch())) {
      return;
    }
    GatewayDecisions.move(
        draft,
        name,
        on,
        MoveCause.NODE_LOST,
        heard,
        "node " + on + " is lost, no other candidate is up, and what was removed waited for it");
    GatewayDecisions.fence(draft, name, gateway.epoch(), Evidence.LEASE_EXPIRED);
  }

  /** Whether something is not wanted on the gateway that the instance of this epoch may carry. */
  private static boolean isWaitedFor(State state, String name, String node, long epoch) {
    boolean[] found = {false};
    state
        .carried()
        .scan(
            CarriedKey.first(name, false),
            CarriedKey.last(name, false),
            (key, mark) -> {
              Carriage carriage = ObservationDecisions.carriage(state, key);
              found[0] = carriage != null && carriage.mayBeOn(epoch);
              return !found[0];
            });
    if (!found[0]) {
      state
          .drifts()
          .scan(
              DriftKey.first(name),
              DriftKey.last(name),
              (key, drift) -> {
                found[0] = key.node().equals(node) && drift.mayBeOn(epoch);
                return !found[0];
              });
    }
    return found[0];
  }
}
