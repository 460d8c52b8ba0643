package io.holdfast.domain.view;

import io.holdfast.domain.model.Drift;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.model.Probe;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.domain.view.Condition.Status;
import java.util.List;

/** The conditions of a gateway: Placed, Active, Reachable, NoDrift. */
public final class GatewayConditions {
  private static final int MOST_DRIFTS = 1_000;

  private GatewayConditions() {}

  public static List<Condition> of(Lens lens, String name, Gateway gateway) {
    return List.of(placed(gateway), active(gateway), reachable(lens, gateway), noDrift(lens, name));
  }

  private static Condition placed(Gateway gateway) {
    return gateway.node() == null
        ? unplaced(Condition.Type.Placed, Status.False, gateway)
        : new Condition(
            Condition.Type.Placed,
            Status.True,
            "Placed",
            "epoch " + gateway.epoch() + " on node " + gateway.node(),
            gateway.placedAt(),
            0);
  }

  /** A gateway has no instance once it is taken out of service, and only then. */
  private static Condition unplaced(Condition.Type type, Status status, Gateway gateway) {
    return gateway.isRetired()
        ? new Condition(type, status, "Retired", "it is out of service", gateway.placedAt(), 0)
        : new Condition(
            type,
            status,
            "Retiring",
            "it is being taken out of service, and takes nothing new",
            gateway.placedAt(),
            0);
  }

  private static Condition active(Gateway gateway) {
    if (gateway.node() == null) {
      return unplaced(Condition.Type.Active, Status.False, gateway);
    }
    return gateway.isActive()
        ? Condition.holds(
            Condition.Type.Active, "Active", "its instance is given what it is to carry")
        : Condition.fails(
            Condition.Type.Active,
            Reason.WaitingForFence.name(),
            "it " + Readiness.waitsFor(gateway),
            gateway.placedAt());
  }

  private static Condition reachable(Lens lens, Gateway gateway) {
    String on = gateway.node();
    if (on == null) {
      return unplaced(Condition.Type.Reachable, Status.Unknown, gateway);
    }
    Node node = lens.state().nodes().get(on);
    if (node == null) {
      return unknown("NodeUnknown", "node " + on + " has never been heard of");
    }
    if (!node.up()) {
      return Condition.fails(
          Condition.Type.Reachable,
          "NodeLost",
          "node " + on + " is not heard of any more",
          node.since());
    }
    Probe probe = gateway.probe();
    if (probe != null) {
      return Condition.fails(
          Condition.Type.Reachable,
          "ProbeFailed",
          "it failed "
              + Words.count(probe.failures(), "probe", "probes in a row")
              + ": "
              + probe.detail(),
          probe.since());
    }
    return gateway.instance() == null
        ? unknown("NotStarted", "its agent on node " + on + " has not reported that it started it")
        : Condition.holds(
            Condition.Type.Reachable, "NoFailure", "no probe has failed since the last success");
  }

  private static Condition unknown(String reason, String message) {
    return new Condition(Condition.Type.Reachable, Status.Unknown, reason, message, 0, 0);
  }

  private static Condition noDrift(Lens lens, String name) {
    DriftKey first = lens.state().drifts().firstKey(DriftKey.first(name), DriftKey.last(name));
    Drift drift = first == null ? null : lens.state().drifts().get(first);
    if (first == null || drift == null) {
      return Condition.holds(
          Condition.Type.NoDrift, "NotSeen", "it was seen with nothing that it is not to carry");
    }
    int more = GatewayCounts.drifts(lens, name, MOST_DRIFTS) - 1;
    return Condition.fails(
        Condition.Type.NoDrift,
        drift.elsewhere() ? "SeenTwice" : "SeenUnasked",
        "it was seen with "
            + first.ip()
            + " on node "
            + first.node()
            + (more == 0 ? "" : " and " + more + " more")
            + ", which it is not to carry there",
        drift.since());
  }
}
