package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.CheckResult;
import io.holdfast.domain.report.Report;
import io.holdfast.simulator.node.Kernels;
import io.holdfast.simulator.setup.PoolPlan;
import io.holdfast.simulator.setup.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tenures: who holds an address, how that ends, and how it comes free. */
final class EipRules {
  private final Setup setup;
  private final Facts facts;
  private final Kernels kernels;
  private final LeaseRules leases;
  private final List<IpAddress> earlyIps = new ArrayList<>();

  EipRules(Setup setup, Facts facts, Kernels kernels, LeaseRules leases) {
    this.setup = setup;
    this.facts = facts;
    this.kernels = kernels;
    this.leases = leases;
  }

  void allocated(Stimulus stimulus, EventHeader header, Event.EipAllocated e) {
    EipFact eip = facts.eip(e.ip());
    unless(eip.phase == Phase.FREE, "1 one holder", e, eip);
    unless(!facts.drifts(e.ip()), "3 free", e, "a gateway is seen with it");
    unless(e.tenure() == header.sequence() && e.tenure() > eip.tenure, "tenures grow", e, eip);
    unless(facts.pool(e.pool()).offered.contains(e.ip()), "9 excluded", e, "it is not offered");
    unless(eip.earlyFor == null || eip.earlyFor.equals(e.owner().tenant()), "3 cool-down", e, eip);
    eip.earlyFor = null;
    WaitRules.allocated(facts, stimulus, e);
    unless(isPresent(e.node()), "bindings", e, "the boot is over");
    KernelWatch.silent(kernels, setup, e.ip(), e);
    eip.pool = e.pool();
    facts.move(eip, Phase.ALLOCATED);
    eip.begin(e.tenure(), e.node());
    eip.terms.tags = e.tags();
    LeaseRules.begins(header, eip, e.leaseMs(), e.leaseUntil(), e);
    eip.owner = e.owner();
    facts.hold(eip, e.ip());
    eip.places.clear();
    eip.rules.clear();
  }

  boolean isPresent(@Nullable NodeBinding node) {
    return node == null || facts.node(node.node()).boot.equals(node.bootId());
  }

  /** Only what its owner itself said moves it, and only to a boot that is the present one. */
  void rebound(Stimulus stimulus, Event.EipRebound e) {
    EipFact eip = held(e.ip(), e.tenure());
    boolean said =
        stimulus instanceof Stimulus.Asked asked
            && (WaitRules.asks(
                    asked.command(),
                    r -> r.owner().equals(eip.owner) && e.node().node().equals(r.node()))
                || (asked.command() instanceof Command.AdoptEip c
                    && c.owner().equals(eip.owner)
                    && e.node().node().equals(c.node())));
    boolean waited =
        facts.waiters.values().stream()
            .map(Facts.WaitFact::request)
            .anyMatch(r -> r.owner().equals(eip.owner) && e.node().node().equals(r.node()));
    unless((said || waited) && isPresent(e.node()), "bindings", e, stimulus);
    unless(!e.node().equals(eip.node), "6 idempotency", e, "it is bound so");
    eip.node = e.node();
  }

  void attached(EventHeader header, Event.EipAttached e) {
    EipFact eip = held(e.ip(), e.tenure());
    Facts.GatewayFact gateway = facts.gateway(e.gateway());
    unless(eip.gateway == null, "attach", e, eip);
    unless(!gateway.retiring && e.epoch() == gateway.epoch, "attach", e, gateway);
    EipFact.Place place = eip.at(e.gateway());
    if (place == null) {
      place = new EipFact.Place(e.gateway(), e.prefixLength());
      unless(
          e.prefixLength() == facts.pool(eip.pool).plan.prefixLength(), "K exact target", e, eip);
      eip.places.add(place);
    }
    unless(place.prefixLength == e.prefixLength(), "K exact target", e, "it may be there else");
    want(place, header);
    eip.gateway = e.gateway();
    for (EipFact.RuleFact rule : eip.rules.values()) {
      if (rule.wanted) {
        rule.place = new EipFact.Place(e.gateway(), 0);
        want(rule.place, header);
      }
    }
  }

  static void want(EipFact.Place place, EventHeader header) {
    place.wanted = true;
    place.revision = header.sequence();
    place.readyEpoch = 0;
  }

  static void withdraw(EipFact.Place place, EventHeader header, long epoch) {
    place.wanted = false;
    place.leftEpoch = epoch;
    place.revision = header.sequence();
    place.readyEpoch = 0;
  }

  void detached(EventHeader header, Event.EipDetached e) {
    EipFact eip = held(e.ip(), e.tenure());
    unless(e.gateway().equals(eip.gateway), "attach", e, eip);
    unless(eip.liveRules() == 0, "8 in use", e, eip);
    leave(header, eip, e.gateway(), e.prefixLength(), e.epoch(), e);
    eip.gateway = null;
  }

  private void leave(
      EventHeader header, EipFact eip, String gateway, int prefixLength, long epoch, Object e) {
    EipFact.Place place = Violation.need(eip.at(gateway), "attach", e);
    unless(place.prefixLength == prefixLength, "K exact target", e, place.prefixLength);
    unless(facts.gateway(gateway).epoch == epoch, "attach", e, facts.gateway(gateway));
    withdraw(place, header, epoch);
  }

  void releaseRequested(Stimulus stimulus, EventHeader header, Event.EipReleaseRequested e) {
    EipFact eip = held(e.ip(), e.tenure());
    boolean justified =
        e.cause() == ReleaseCause.LEASE_ENDED
            ? leases.isOver(stimulus, header, e.ip(), eip)
            : EndOfTenure.isJustified(facts, stimulus, header, e, eip);
    unless(justified, "2 tenure ends", e, stimulus);
    unless(eip.liveRules() == 0, "8 in use", e, eip);
    unless(Objects.equals(e.owner(), eip.owner), "restore", e, eip);
    unless(Objects.equals(e.gateway(), eip.gateway), "attach", e, eip);
    if (e.gateway() != null) {
      leave(header, eip, e.gateway(), e.prefixLength(), e.epoch(), e);
    }
    eip.formerOwner = eip.owner;
    eip.formerNode = eip.node;
    eip.formerGateway = eip.gateway;
    eip.formerLeaseMs = eip.terms.leaseMs;
    eip.formerTags = eip.terms.tags;
    facts.letGo(eip, e.ip());
    facts.move(eip, Phase.RELEASING);
  }

  void restored(Stimulus stimulus, EventHeader header, Event.EipRestored e) {
    EipFact eip = facts.eip(e.ip());
    boolean wished =
        stimulus instanceof Stimulus.Asked asked
            && asked.command() instanceof Command.RestoreEip c
            && c.ip().equals(e.ip())
            && (c.tenure() == null || c.tenure() == eip.tenure)
            && (c.owner() == null || c.owner().equals(eip.formerOwner));
    unless(wished, "restore", e, stimulus);
    unless(eip.phase == Phase.RELEASING || eip.phase == Phase.COOLING_DOWN, "1 one holder", e, eip);
    unless(
        e.owner().equals(eip.formerOwner)
            && e.restores() == eip.tenure
            && e.pool().equals(eip.pool),
        "restore",
        e,
        eip);
    unless(e.tenure() == header.sequence() && e.tenure() > eip.tenure, "tenures grow", e, eip);
    NodeBinding former = eip.formerNode;
    unless(
        Objects.equals(e.node(), former != null && isPresent(former) ? former : null),
        "bindings",
        e,
        former);
    unless(e.leaseMs() == eip.formerLeaseMs, "leases", e, eip.formerLeaseMs);
    facts.move(eip, Phase.ALLOCATED);
    TermsFact before = eip.terms;
    eip.begin(e.tenure(), e.node());
    eip.terms.adopted = before.adopted;
    eip.terms.conflictUntil = before.conflictUntil;
    eip.terms.tags = eip.formerTags;
    LeaseRules.begins(header, eip, e.leaseMs(), e.leaseUntil(), e);
    eip.owner = e.owner();
    facts.hold(eip, e.ip());
  }

  void withdrawn(Event.EipWithdrawn e) {
    EipFact eip = tenure(e.ip(), e.tenure());
    EipFact.Place place = Violation.need(eip.at(e.gateway()), "3 withdrawn", e);
    unless(!place.wanted, "3 withdrawn", e, "it is wanted there");
    eip.places.remove(place);
    KernelWatch.silent(kernels, setup, e.gateway(), e.ip(), e);
  }

  /** The present epoch was seen without it: it waits for earlier ones only. */
  void cleared(Event.EipCleared e) {
    EipFact.Place place =
        Violation.need(tenure(e.ip(), e.tenure()).at(e.gateway()), "3 withdrawn", e);
    unless(!place.wanted && e.epoch() == facts.gateway(e.gateway()).epoch, "5 old reports", e, "");
    place.leftEpoch = e.epoch() - 1;
  }

  void cooldownStarted(Stimulus stimulus, EventHeader header, Event.EipCooldownStarted e) {
    EipFact eip = tenure(e.ip(), e.tenure());
    unless(eip.phase == Phase.RELEASING || eip.phase == Phase.QUARANTINED, "2 tenure ends", e, eip);
    unless(eip.places.isEmpty(), "3 withdrawn", e, "it may be on a gateway");
    unless(eip.rules.isEmpty(), "8 rules", e, eip.rules.keySet());
    unless(!facts.drifts(e.ip()), "3 withdrawn", e, "a gateway is seen with it");
    ConflictRules.coolsDown(stimulus, header, e.ip(), eip);
    PoolPlan plan = facts.pool(eip.pool).plan;
    long rest = Math.max(plan.cooldownMs(), plan.crossTenantCooldownMs());
    boolean early = rest > plan.cooldownMs() && eip.formerOwner != null;
    unless(
        e.freeAt() == header.time() + rest
            && e.tenantFreeAt() == (early ? header.time() + plan.cooldownMs() : 0),
        "3 cool-down",
        e,
        header);
    KernelWatch.silent(kernels, setup, e.ip(), e);
    facts.move(eip, Phase.COOLING_DOWN);
    eip.over();
    eip.freeAt = e.freeAt();
    eip.tenantFreeAt = e.tenantFreeAt();
  }

  void freed(EventHeader header, Event.EipFreed e) {
    EipFact eip = tenure(e.ip(), e.tenure());
    unless(eip.phase == Phase.COOLING_DOWN, "3 free", e, eip);
    if (header.time() < eip.freeAt) {
      boolean early = eip.tenantFreeAt != 0 && header.time() >= eip.tenantFreeAt;
      unless(early && eip.formerOwner != null, "3 cool-down", e, eip.freeAt);
      eip.earlyFor = eip.formerOwner == null ? null : eip.formerOwner.tenant();
      earlyIps.add(e.ip());
    }
    facts.move(eip, Phase.FREE);
    eip.forgetFormer();
    if (!facts.pool(eip.pool).offered.contains(e.ip())) {
      facts.eips.remove(e.ip()); // the pool was cut meanwhile
    }
  }

  /** What came free for one tenant only was given to it. */
  void after() {
    for (IpAddress ip : earlyIps) {
      EipFact eip = facts.eips.get(ip);
      unless(eip == null || eip.earlyFor == null, "3 cool-down", ip, eip);
    }
    earlyIps.clear();
  }

  void programmed(Stimulus stimulus, Event.EipProgrammed e) {
    EipFact eip = held(e.ip(), e.tenure());
    EipFact.Place place = given(eip, e.gateway(), e.revision(), e);
    unless(
        shows(
            GatewayRules.observation(facts, stimulus, e.gateway(), e.epoch(), e.revision(), e),
            e.ip(),
            place.prefixLength),
        "4 ready",
        e,
        "it was not seen");
    place.readyEpoch = e.epoch();
    place.observation = e.observation();
  }

  void unprogrammed(Stimulus stimulus, Event.EipUnprogrammed e) {
    EipFact eip = held(e.ip(), e.tenure());
    EipFact.Place place = given(eip, e.gateway(), e.revision(), e);
    Report.Observation r =
        GatewayRules.observation(facts, stimulus, e.gateway(), e.epoch(), e.revision(), e);
    unless(!shows(r, e.ip(), place.prefixLength), "4 ready", e, "it was seen");
    unless(
        r.complete() || r.absentAddresses().contains(e.ip()) || GatewayRules.shows(r, e.ip()),
        "4 ready",
        e,
        "nobody looked for it");
    unless(r.number() > place.observation, "5 old reports", e, place.observation);
    place.readyEpoch = 0;
    place.observation = e.observation();
  }

  private static boolean shows(Report.Observation r, IpAddress ip, int prefixLength) {
    for (Report.SeenAddress a : r.addresses()) {
      if (a.ip().equals(ip) && a.prefixLength() == prefixLength) {
        return true;
      }
    }
    return false;
  }

  /** The place at which the address is to be, and where it may be given by now. */
  private static EipFact.Place given(EipFact eip, String gateway, long revision, Object e) {
    EipFact.Place place = Violation.need(eip.at(gateway), "4 ready", e);
    unless(place.wanted && place.revision == revision, "5 old reports", e, place.revision);
    unless(eip.places.size() == 1, "fence", e, "it may still be elsewhere");
    return place;
  }

  void absent(Stimulus stimulus, EventHeader header, Event.OwnerAbsent e) {
    EipFact eip = held(e.ip(), e.tenure());
    boolean said =
        stimulus instanceof Stimulus.Told told
            && told.report() instanceof Report.OwnerCheck r
            && r.result() == CheckResult.ABSENT
            && r.sourceHealthy()
            && r.ip().equals(e.ip())
            && r.tenure() == e.tenure();
    unless(said, "2 absent", e, stimulus);
    eip.firstAbsentAt = eip.absent == 0 ? header.time() : eip.firstAbsentAt;
    eip.absent++;
    unless(e.count() == eip.absent, "2 absent", e, eip.absent);
  }

  EipFact held(IpAddress ip, long tenure) {
    EipFact eip = tenure(ip, tenure);
    unless(eip.phase == Phase.ALLOCATED, "2 tenure ends", ip, eip);
    return eip;
  }

  EipFact tenure(IpAddress ip, long tenure) {
    EipFact eip = Violation.need(facts.eips.get(ip), "1 one holder", ip);
    unless(eip.tenure == tenure, "5 old tenure", tenure, eip);
    return eip;
  }
}
