package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.FamilyChoice;
import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What is answered is so, and a command that comes again gets its first answer. */
final class AnswerRules {
  private final Facts facts;

  AnswerRules(Facts facts) {
    this.facts = facts;
  }

  void answered(Stimulus.Asked asked, List<Recorded> events) {
    if (asked.before() != null) {
      unless(asked.outcome().equals(asked.before()), "6 idempotency", asked, asked.before());
      unless(events.isEmpty(), "6 idempotency", asked, events);
      return;
    }
    switch (asked.outcome()) {
      case Outcome.Rejected(Refusal refusal, long _) -> {
        unless(events.isEmpty(), "7 refusals leave no trace", asked, events);
        unless(!refusal.message().isBlank(), "7 refusals have a reason", asked, refusal);
        refused(asked, refusal);
      }
      case Outcome.Accepted accepted -> {
        unless(asked.meta().dryRun() ? events.isEmpty() : true, "dry run", asked, events);
        if (!asked.meta().dryRun()) {
          unless(accepted.changed() == !events.isEmpty(), "answers", asked, events);
          accepted(asked, accepted, events);
        }
      }
    }
  }

  private void accepted(Stimulus.Asked asked, Outcome.Accepted accepted, List<Recorded> events) {
    for (Grant grant : accepted.grants()) {
      EipFact eip = facts.eip(grant.ip());
      unless(
          eip.phase == Phase.ALLOCATED
              && eip.tenure == grant.tenure()
              && eip.pool.equals(grant.pool()),
          "answers",
          grant,
          eip);
    }
    switch (asked.command()) {
      case Command.AllocateEip c -> allocated(c, accepted, events);
      case Command.ReleaseEip c ->
          unless(facts.eip(c.ip()).phase != Phase.ALLOCATED, "answers", asked, facts.eip(c.ip()));
      case Command.ForceRelease c ->
          unless(facts.eip(c.ip()).phase != Phase.ALLOCATED, "answers", asked, facts.eip(c.ip()));
      case Command.AttachEip c ->
          unless(c.gateway().equals(facts.eip(c.ip()).gateway), "answers", asked, c.ip());
      case Command.DetachEip c ->
          unless(facts.eip(c.ip()).gateway == null, "answers", asked, c.ip());
      case Command.RestoreEip c -> restored(c);
      default -> {}
    }
  }

  private void allocated(Command.AllocateEip c, Outcome.Accepted accepted, List<Recorded> events) {
    int families = c.family() == FamilyChoice.DUAL ? 2 : 1;
    int v4 = 0;
    int fresh = 0;
    for (Grant grant : accepted.grants()) {
      EipFact eip = facts.eip(grant.ip());
      unless(c.owner().equals(eip.owner), "answers", grant, eip);
      unless(c.gateway() == null || c.gateway().equals(eip.gateway), "answers", grant, eip);
      v4 += grant.ip().family() == IpFamily.V4 ? 1 : 0;
    }
    for (Recorded r : events) {
      fresh += r.event() instanceof Event.EipAllocated ? 1 : 0;
    }
    int granted = accepted.grants().size();
    unless(granted == families * c.count(), "7 all or nothing", c, accepted);
    unless(families == 1 ? v4 == 0 || v4 == granted : v4 == c.count(), "14 families", c, accepted);
    unless(fresh <= granted, "6 the same owner", c, events);
  }

  /** All that went with the tenure is back. */
  private void restored(Command.RestoreEip c) {
    EipFact eip = facts.eip(c.ip());
    if (eip.formerOwner == null) {
      return;
    }
    Map<String, String> wanted = new TreeMap<>();
    eip.rules.forEach((id, rule) -> {
      if (rule.wanted) {
        wanted.put(id, rule.content);
      }
    });
    unless(wanted.equals(eip.formerRules), "7 all or nothing", c, wanted);
    unless(Objects.equals(eip.formerGateway, eip.gateway), "restore", c, eip.formerGateway);
    eip.forgetFormer();
  }

  /** What a refusal says is in the way is there. */
  private void refused(Stimulus.Asked asked, Refusal refusal) {
    switch (asked.command()) {
      case Command.AllocateEip c -> {
        switch (refusal.code()) {
          case PoolExhausted -> unless(isExhausted(c), "10 exhausted", asked, refusal);
          case AddressInUse -> unless(phase(c) == Phase.ALLOCATED, "refusals", asked, refusal);
          case AddressReleasing -> unless(phase(c) == Phase.RELEASING, "refusals", asked, refusal);
          case AddressCoolingDown ->
              unless(phase(c) == Phase.COOLING_DOWN, "refusals", asked, refusal);
          case AddressQuarantined ->
              unless(phase(c) == Phase.QUARANTINED, "refusals", asked, refusal);
          default -> {}
        }
      }
      case Command.ReleaseEip c -> {
        EipFact eip = facts.eip(c.ip());
        boolean holds =
            switch (refusal.code()) {
              case InUse -> eip.liveRules() > 0;
              case NotOwner -> c.owner() != null && !c.owner().equals(eip.owner);
              case StaleTenure -> c.tenure() != null && c.tenure() != eip.tenure;
              case AddressNotAllocated -> eip.phase != Phase.ALLOCATED;
              default -> false;
            };
        unless(holds, "refusals", asked, refusal);
      }
      case Command.RestoreEip c -> {
        EipFact eip = facts.eip(c.ip());
        boolean holds =
            switch (refusal.code()) {
              case AddressInUse -> eip.phase == Phase.ALLOCATED;
              case AddressNotAllocated -> eip.phase == Phase.FREE || eip.formerOwner == null;
              case AddressQuarantined -> eip.phase == Phase.QUARANTINED;
              case StaleTenure -> c.tenure() != null && c.tenure() != eip.tenure;
              case NotOwner -> c.owner() != null && !c.owner().equals(eip.formerOwner);
              case InternalIpInUse, InUse, GatewayUnknown, GatewayRetiring, PortConflict -> true;
              default -> false;
            };
        unless(holds, "refusals", asked, refusal);
      }
      default -> {}
    }
  }

  private Phase phase(Command.AllocateEip c) {
    return c.ip() == null ? Phase.FREE : facts.eip(c.ip()).phase;
  }

  /** In one family at least there are fewer free addresses than were missing. */
  private boolean isExhausted(Command.AllocateEip c) {
    boolean v4 = c.family() != FamilyChoice.V6 && free(c, IpFamily.V4) < c.count();
    boolean v6 = c.family() != FamilyChoice.V4 && free(c, IpFamily.V6) < c.count();
    return v4 || v6;
  }

  private int free(Command.AllocateEip c, IpFamily family) {
    int[] free = {0};
    facts.pools.forEach((name, pool) -> {
      if (pool.plan.family() == family && (c.pools().isEmpty() || c.pools().contains(name))) {
        for (var ip : pool.shape.offered()) {
          EipFact eip = facts.eips.get(ip);
          free[0] += eip == null || eip.phase == Phase.FREE ? 1 : 0;
        }
      }
    });
    return free[0];
  }

  /** What is late changes nothing, except that it may be seen to be drift. */
  static void told(Stimulus.Told told, List<Recorded> events) {
    if (told.disposition() instanceof Disposition.Late) {
      unless(events.isEmpty(), "5 old reports", told, events);
    }
    unless(
        !(told.disposition() instanceof Disposition.Invalid),
        "reports",
        told,
        "all of ours are valid");
  }
}
