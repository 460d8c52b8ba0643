package io.holdfast.simulator.check;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.OwnerCheckPolicy;
import io.holdfast.domain.report.CheckResult;
import io.holdfast.domain.report.Report;

/** Rule 2: a tenure ends only for a good reason, and never for want of news. */
final class EndOfTenure {
  private EndOfTenure() {}

  static boolean isJustified(
      Facts facts,
      Stimulus stimulus,
      EventHeader header,
      Event.EipReleaseRequested e,
      EipFact eip) {
    return switch (e.cause()) {
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
              && (c.tenure() == null || c.tenure() == eip.tenure)
              && !asked.meta().reason().isBlank();
      case OWNER_ABSENT -> isAbsent(facts, stimulus, header, e, eip);
      case OWNER_REBOOTED -> isRebootedAway(facts, stimulus, eip);
      case NODE_FENCED -> isFencedAway(facts, stimulus, eip);
      case LEASE_ENDED, UNKNOWN -> false; // the end of a lease is not judged here
    };
  }

  private static boolean isAbsent(
      Facts facts,
      Stimulus stimulus,
      EventHeader header,
      Event.EipReleaseRequested e,
      EipFact eip) {
    OwnerCheckPolicy policy = facts.pool(eip.pool).plan.ownerCheck();
    return stimulus instanceof Stimulus.Told told
        && told.report() instanceof Report.OwnerCheck check
        && check.ip().equals(e.ip())
        && check.tenure() == e.tenure()
        && check.result() == CheckResult.ABSENT
        && check.sourceHealthy()
        && eip.absent >= policy.confirmations()
        && header.time() - eip.firstAbsentAt >= policy.overMs();
  }

  private static boolean isRebootedAway(Facts facts, Stimulus stimulus, EipFact eip) {
    NodeBinding bound = eip.node;
    return bound != null
        && stimulus instanceof Stimulus.Told told
        && told.report() instanceof Report.OwnerInventory inventory
        && inventory.complete()
        && inventory.node().equals(bound.node())
        && inventory.bootId().equals(facts.node(bound.node()).boot)
        && !bound.bootId().equals(facts.node(bound.node()).boot)
        && (eip.owner == null || !inventory.owners().contains(eip.owner));
  }

  private static boolean isFencedAway(Facts facts, Stimulus stimulus, EipFact eip) {
    NodeBinding bound = eip.node;
    return bound != null
        && stimulus instanceof Stimulus.Asked asked
        && asked.command() instanceof Command.FenceNode fence
        && fence.node().equals(bound.node())
        && !asked.meta().reason().isBlank()
        && (!facts.node(bound.node()).up || !bound.bootId().equals(facts.node(bound.node()).boot));
  }
}
