package io.holdfast.domain.oracle;

import static io.holdfast.domain.oracle.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.OwnerCheckPolicy;
import io.holdfast.domain.oracle.Facts.EipFact;
import io.holdfast.domain.oracle.Facts.NodeFact;
import io.holdfast.domain.report.CheckResult;
import io.holdfast.domain.report.Report;

/** Rule 2: a tenure ends only for a good reason. */
final class ReleaseOracle {
  private ReleaseOracle() {}

  static void checkCause(
      Facts facts,
      LeaseOracle leases,
      Stimulus stimulus,
      EventHeader header,
      Event.EipReleaseRequested e,
      EipFact eip) {
    boolean justified =
        switch (e.cause()) {
          case REQUESTED ->
              stimulus instanceof Stimulus.Asked asked
                  && asked.command() instanceof Command.ReleaseEip c
                  && c.ip().equals(e.ip())
                  && (c.tenure() == null || c.tenure() == eip.tenure)
                  && (c.owner() == null || c.owner().equals(eip.owner));
          case FORCED ->
              stimulus instanceof Stimulus.Asked asked
                  && asked.command() instanceof Command.ForceRelease c
                  && c.ip().equals(e.ip())
                  && !asked.meta().reason().isBlank();
          case OWNER_ABSENT -> confirmedAbsent(facts, stimulus, header, e, eip);
          case OWNER_REBOOTED -> rebootedAway(facts, stimulus, eip);
          case NODE_FENCED -> fencedAway(facts, stimulus, eip);
          case LEASE_ENDED -> leases.isOver(stimulus, header, eip);
          case UNKNOWN -> false;
        };
    unless(justified, "2 a tenure ends only by", e.cause() + ": " + e + " after " + stimulus);
  }

  private static boolean confirmedAbsent(
      Facts facts,
      Stimulus stimulus,
      EventHeader header,
      Event.EipReleaseRequested e,
      EipFact eip) {
    OwnerCheckPolicy policy = Facts.need(facts.pools, eip.pool, "pools").spec.ownerCheck();
    return stimulus instanceof Stimulus.Told told
        && told.report() instanceof Report.OwnerCheck check
        && check.ip().equals(e.ip())
        && check.tenure() == e.tenure()
        && check.result() == CheckResult.ABSENT
        && check.sourceHealthy()
        && eip.absent >= policy.confirmations()
        && header.time() - eip.firstAbsentAt >= policy.overMs();
  }

  private static boolean rebootedAway(Facts facts, Stimulus stimulus, EipFact eip) {
    NodeBinding bound = eip.node;
    if (bound == null
        || !(stimulus instanceof Stimulus.Told told)
        || !(told.report() instanceof Report.OwnerInventory inventory)) {
      return false;
    }
    NodeFact node = Facts.need(facts.nodes, bound.node(), "nodes");
    return inventory.complete()
        && inventory.node().equals(bound.node())
        && inventory.bootId().equals(node.boot)
        && !bound.bootId().equals(node.boot)
        && inventory.owners().stream().noneMatch(o -> o.equals(eip.owner));
  }

  private static boolean fencedAway(Facts facts, Stimulus stimulus, EipFact eip) {
    NodeBinding bound = eip.node;
    if (bound == null
        || !(stimulus instanceof Stimulus.Asked asked)
        || !(asked.command() instanceof Command.FenceNode fence)) {
      return false;
    }
    NodeFact node = Facts.need(facts.nodes, bound.node(), "nodes");
    return fence.node().equals(bound.node())
        && !asked.meta().reason().isBlank()
        && (!node.up || !bound.bootId().equals(node.boot));
  }
}
