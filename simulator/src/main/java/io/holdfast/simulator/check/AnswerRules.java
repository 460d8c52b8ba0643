package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.event.DequeueCause;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Place;
import io.holdfast.domain.outcome.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is answered is so, and a command that comes again gets its first answer. */
final class AnswerRules {
  private final Facts facts;
  private final LeaseRules leases;

  AnswerRules(Facts facts, LeaseRules leases) {
    this.facts = facts;
    this.leases = leases;
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
      case Command.ReleaseEip c -> released(c.ip(), asked, events);
      case Command.ForceRelease c -> released(c.ip(), asked, events);
      case Command.AttachEip c ->
          unless(
              c.gateway().equals(facts.eip(c.ip()).gateway)
                  && (c.tenure() == null || c.tenure() == facts.eip(c.ip()).tenure),
              "answers",
              asked,
              c.ip());
      case Command.DetachEip c ->
          unless(facts.eip(c.ip()).gateway == null, "answers", asked, c.ip());
      case Command.RestoreEip c -> restored(c, events);
      case Command.ResizePool c -> {
        if (c.mode() == ResizeMode.DRAIN && !events.isEmpty()) {
          leases.drained(c, events.getFirst().header());
        }
      }
      default -> LifeAnswers.accepted(facts, asked, events);
    }
  }

  private void allocated(Command.AllocateEip c, Outcome.Accepted accepted, List<Recorded> events) {
    if (accepted.waiting() != null) {
      waits(c, accepted, accepted.waiting());
      return;
    }
    int families = c.family() == FamilyChoice.DUAL ? 2 : 1;
    int v4 = 0;
    int fresh = 0;
    for (Grant grant : accepted.grants()) {
      EipFact eip = facts.eip(grant.ip());
      unless(c.owner().equals(eip.owner), "answers", grant, eip);
      unless(c.gateway() == null || c.gateway().equals(eip.gateway), "answers", grant, eip);
      unless(
          c.node() == null
              || (eip.node != null
                  && eip.node.node().equals(c.node())
                  && eip.node.bootId().equals(facts.node(c.node()).boot)),
          "bindings",
          grant,
          eip.node);
      v4 += grant.ip().family() == IpFamily.V4 ? 1 : 0;
    }
    for (Recorded r : events) {
      fresh += r.event() instanceof Event.EipAllocated ? 1 : 0;
    }
    int granted = accepted.grants().size();
    unless(granted == families * c.count(), "7 all or nothing", c, accepted);
    unless(families == 1 ? v4 == 0 || v4 == granted : v4 == c.count(), "14 families", c, accepted);
    if (fresh > 0) {
      sameOwner(c, events);
    }
  }

  /** Without a cool-down somebody who waited may have it already. */
  private void released(IpAddress ip, Stimulus.Asked asked, List<Recorded> events) {
    EipFact eip = facts.eip(ip);
    boolean again = !events.isEmpty() && eip.tenure > events.getFirst().header().sequence();
    unless(eip.phase != Phase.ALLOCATED || again, "answers", asked, eip);
  }

  private void waits(Command.AllocateEip c, Outcome.Accepted accepted, Place place) {
    Facts.WaitFact waiter = facts.waiters.get(place.ticket());
    unless(
        accepted.grants().isEmpty()
            && waiter != null
            && waiter.request().equals(c.request())
            && waiter.deadline() == place.deadline(),
        "11 waiting",
        c,
        accepted);
  }

  /** What the owner had before is part of what it gets. */
  private void sameOwner(Command.AllocateEip c, List<Recorded> events) {
    long since = events.getFirst().header().sequence();
    for (IpFamily family : IpFamily.values()) {
      int fresh = 0;
      int before = 0;
      for (IpAddress ip : facts.held.getOrDefault(c.owner(), List.of())) {
        EipFact eip = facts.eip(ip);
        boolean meant =
            ip.family() == family
                && (c.pools().isEmpty() || c.pools().contains(eip.pool))
                && c.ip() == null;
        fresh += meant && eip.tenure >= since ? 1 : 0;
        before += meant && eip.tenure < since ? 1 : 0;
      }
      unless(fresh == 0 || fresh + before <= c.count(), "6 the same owner", c, events);
    }
  }

  /** All that went with the tenure is back. */
  private void restored(Command.RestoreEip c, List<Recorded> events) {
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
    boolean placed =
        Objects.equals(eip.formerGateway, eip.gateway)
            || (eip.formerGateway == null && hadWaited(eip.owner, events));
    unless(placed, "restore", c, eip.formerGateway);
    eip.forgetFormer();
  }

  /** It is what its owner waited for, and may be put on the gateway it was to be on. */
  private static boolean hadWaited(@Nullable Owner owner, List<Recorded> events) {
    for (Recorded r : events) {
      if (r.event() instanceof Event.AllocationDequeued e
          && e.cause() == DequeueCause.GRANTED
          && e.owner().equals(owner)) {
        return true;
      }
    }
    return false;
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
          case AddressReserved -> unless(phase(c) == Phase.RESERVED, "refusals", asked, refusal);
          case QuotaExceeded ->
              unless(!facts.mayHave(c.owner().tenant(), 2 * c.count()), "quotas", asked, refusal);
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
              case AddressReserved -> eip.phase == Phase.RESERVED;
              case StaleTenure -> c.tenure() != null && c.tenure() != eip.tenure;
              case NotOwner -> c.owner() != null && !c.owner().equals(eip.formerOwner);
              case InternalIpInUse, InUse, GatewayUnknown, GatewayRetiring, PortConflict -> true;
              default -> false;
            };
        unless(holds, "refusals", asked, refusal);
      }
      default -> LifeAnswers.refused(facts, asked, refusal);
    }
  }

  private Phase phase(Command.AllocateEip c) {
    return c.ip() == null ? Phase.FREE : facts.eip(c.ip()).phase;
  }

  /**
   * In one family at least there are fewer free addresses than were missing, in pools that are not
   * promised to those who wait.
   */
  private boolean isExhausted(Command.AllocateEip c) {
    if (c.ip() != null || c.contiguous()) {
      return true;
    }
    boolean v4 = c.family() != FamilyChoice.V6 && free(c, IpFamily.V4) < c.count();
    boolean v6 = c.family() != FamilyChoice.V4 && free(c, IpFamily.V6) < c.count();
    return v4 || v6;
  }

  private int free(Command.AllocateEip c, IpFamily family) {
    int[] free = {0};
    facts.pools.forEach((name, pool) -> {
      if (pool.plan.family() == family
          && facts.wants(c.request(), name)
          && !facts.isPromised(name, Long.MAX_VALUE)) {
        free[0] += facts.free(pool);
      }
    });
    return free[0];
  }
}
