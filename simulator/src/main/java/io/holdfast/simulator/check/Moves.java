package io.holdfast.simulator.check;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.report.Report;
import io.holdfast.simulator.check.Facts.Earlier;
import io.holdfast.simulator.check.Facts.GatewayFact;
import io.holdfast.simulator.check.Facts.NodeFact;

/** Why a gateway may move, and how it is known that an instance is gone. */
final class Moves {
  private Moves() {}

  static boolean isJustified(
      Facts facts,
      Stimulus stimulus,
      EventHeader header,
      Event.GatewayRescheduled e,
      GatewayFact gateway) {
    NodeFact from = facts.nodes.get(e.fromNode());
    NodeFact to = facts.nodes.get(e.toNode());
    boolean stays = e.toNode().equals(e.fromNode());
    boolean target = stays || (to != null && to.up && isCandidate(gateway, e.toNode()));
    return target
        && switch (e.cause()) {
          case REQUESTED ->
              !stays
                  && stimulus instanceof Stimulus.Asked a
                  && a.command() instanceof Command.RescheduleGateway c
                  && c.gateway().equals(e.gateway())
                  && (c.node() == null || c.node().equals(e.toNode()));
          case PROBE_FAILED ->
              !stays
                  && gateway.probeFailures >= gateway.spec.probeThreshold()
                  && header.time() >= gateway.placedAt + gateway.spec.holdDownMs();
          case NODE_LOST ->
              (from == null || !from.up)
                  && (!stays || isSilent(facts, stimulus, header, e.fromNode(), gateway.leaseMs));
          case NODE_REBOOTED ->
              stays
                  && stimulus instanceof Stimulus.Told t
                  && t.report() instanceof Report.NodeHeartbeat r
                  && r.node().equals(e.fromNode());
          case INSTANCE_RESTARTED ->
              stays
                  && stimulus instanceof Stimulus.Told t
                  && t.report() instanceof Report.InstanceStarted r
                  && r.gateway().equals(e.gateway())
                  && r.node().equals(e.fromNode())
                  && r.uptimeMs() > gateway.uptimeMs;
          case NODE_FENCED ->
              from != null && !from.up && GatewayRules.asked(stimulus, e.fromNode());
          case UNKNOWN -> false;
        };
  }

  private static boolean isCandidate(GatewayFact gateway, String node) {
    return gateway.spec.candidates().contains(node);
  }

  /** Its agent has surely taken everything down for want of contact. */
  private static boolean isSilent(
      Facts facts, Stimulus stimulus, EventHeader header, String node, long leaseMs) {
    return stimulus instanceof Stimulus.Passed p
        && header.time() >= Math.max(facts.heardAt(node), p.heardFrom()) + Facts.fenceWait(leaseMs);
  }

  static boolean isFenced(
      Facts facts,
      Stimulus stimulus,
      EventHeader header,
      Event.GatewayInstanceFenced e,
      Earlier earlier) {
    return switch (e.evidence()) {
      case OBSERVED ->
          stimulus instanceof Stimulus.Told t
              && t.report() instanceof Report.Observation r
              && r.gateway().equals(e.gateway())
              && r.node().equals(e.node())
              && r.complete()
              && r.appliedRevision() >= earlier.replacedAt()
              && r.epoch() >= e.epoch();
      case LEASE_EXPIRED -> isSilent(facts, stimulus, header, e.node(), earlier.leaseMs());
      case REBOOTED ->
          stimulus instanceof Stimulus.Told t
              && t.report() instanceof Report.NodeHeartbeat r
              && r.node().equals(e.node());
      case RESTARTED ->
          stimulus instanceof Stimulus.Told t
              && t.report() instanceof Report.InstanceStarted r
              && r.gateway().equals(e.gateway())
              && r.node().equals(e.node());
      case OPERATOR -> GatewayRules.asked(stimulus, e.node());
      case UNKNOWN, FENCED, NOT_CARRIED -> false;
    };
  }
}
