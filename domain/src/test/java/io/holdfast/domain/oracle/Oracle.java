package io.holdfast.domain.oracle;

import static io.holdfast.domain.oracle.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.oracle.Facts.EipFact;
import io.holdfast.domain.oracle.Facts.GatewayFact;
import io.holdfast.domain.oracle.Facts.Place;
import io.holdfast.domain.oracle.Facts.PoolFact;
import io.holdfast.domain.oracle.Facts.RuleFact;
import io.holdfast.domain.oracle.Facts.Stage;
import io.holdfast.domain.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches a network: reads every stimulus and the events that followed, and complains when a rule
 * of domain.md is broken. It believes no event without evidence of its own.
 */
public final class Oracle {
  private final Settings settings;
  final Facts facts = new Facts();
  private final RuleOracle rules = new RuleOracle(facts);
  private final DriftOracle drifts = new DriftOracle(facts);
  private final GatewayOracle gateways;
  private final WaitOracle waits = new WaitOracle(facts);
  private final ChoiceOracle choices = new ChoiceOracle(facts);
  private final LifeOracle lives = new LifeOracle(facts);
  private final LeaseOracle leases;
  private final AnswerOracle answers = new AnswerOracle(facts);
  private final RestoreOracle restores = new RestoreOracle(facts);
  private long sequence;
  private long time;

  public Oracle(Settings settings) {
    this.settings = settings;
    this.leases = new LeaseOracle(facts, settings);
    this.gateways = new GatewayOracle(facts, settings, drifts);
  }

  /**
   * @param now epoch milliseconds at which it was decided
   * @param events what followed, in order
   */
  public void check(Stimulus stimulus, List<Recorded> events, long now) {
    long before = sequence;
    answers.before(stimulus, events, Math.max(now, time));
    if (stimulus instanceof Stimulus.Told told) {
      gateways.heard(told.report(), Math.max(now, time));
      if (told.disposition() instanceof Disposition.Late
          || told.disposition() instanceof Disposition.Invalid) {
        unless(events.isEmpty(), "5 old reports", told + " led to " + events);
      }
    }
    for (Recorded recorded : events) {
      EventHeader header = recorded.header();
      unless(header.sequence() == sequence + 1, "sequence", header + " follows " + sequence);
      unless(header.time() >= time, "time", header + " follows " + time);
      sequence = header.sequence();
      time = header.time();
      apply(stimulus, header, recorded.event());
    }
    lives.after(stimulus, answers.isFirst(stimulus));
    answers.after(stimulus, events);
    restores.after(stimulus, events);
    drifts.afterwards(stimulus, events, before);
    facts.eips.forEach((ip, eip) ->
        unless(eip.earlyFor == null, "3 cool-down", ip + " is free too early, for nobody"));
  }

  /**
   * Timers were fired and lost nodes looked for.
   *
   * @param heardFrom epoch milliseconds since which heartbeats could have been heard
   * @param commandsFrom epoch milliseconds since which commands are heard without delay
   */
  public void looked(long heardFrom, long commandsFrom, long now) {
    leases.looked(commandsFrom, Math.max(now, time));
    gateways.looked(heardFrom, Math.max(now, time));
  }

  private void apply(Stimulus stimulus, EventHeader header, Event event) {
    switch (event) {
      case Event.PoolDefined e -> {
        PoolFact pool = new PoolFact(e.spec());
        unless(!facts.pools.containsKey(e.pool()), "pools", e + " exists");
        checkOverlap(e.pool(), pool);
        facts.pools.put(e.pool(), pool);
      }
      case Event.PoolResized e -> {
        PoolFact pool = Facts.need(facts.pools, e.pool(), "pools");
        PoolFact now = new PoolFact(e.spec());
        checkOverlap(e.pool(), now);
        pool.spec = now.spec;
        pool.offered = now.offered;
        facts
            .eips
            .entrySet()
            .removeIf(eip ->
                eip.getValue().pool.equals(e.pool())
                    && eip.getValue().stage == Stage.UNUSED
                    && !now.offers(eip.getKey()));
      }
      case Event.PoolChanged e -> {
        PoolFact pool = Facts.need(facts.pools, e.pool(), "pools");
        unless(
            pool.offered.equals(Span.offered(e.spec())), "9 pools", e + " covers something else");
        pool.spec = e.spec();
      }
      case Event.QuotaSet e -> waits.quotaSet(stimulus, e);
      case Event.AllocationQueued e -> waits.queued(stimulus, header, e);
      case Event.AllocationDequeued e -> waits.dequeued(stimulus, header, e);
      case Event.PoolRemoved e -> {
        facts.eips.values().stream()
            .filter(eip -> eip.pool.equals(e.pool()))
            .forEach(
                eip -> unless(eip.stage == Stage.UNUSED, "9 pools", e + " orphans an address"));
        facts.eips.values().removeIf(eip -> eip.pool.equals(e.pool()));
        facts.pools.remove(e.pool());
      }
      case Event.EipAllocated e -> allocated(stimulus, header, e);
      case Event.EipRebound e -> rebound(stimulus, e);
      case Event.EipAttached e -> attached(header, e);
      case Event.EipDetached e -> {
        EipFact eip = held(e.ip(), e.tenure());
        unless(e.gateway().equals(eip.gateway), "attach", e + " but it is on " + eip.gateway);
        unless(eip.liveRules() == 0, "8 InUse", e + " with live rules");
        withdraw(header, eip, e.gateway(), e.prefixLength());
        eip.gateway = null;
      }
      case Event.EipReleaseRequested e -> {
        EipFact eip = held(e.ip(), e.tenure());
        ReleaseOracle.checkCause(facts, leases, stimulus, header, e, eip);
        unless(eip.liveRules() == 0, "8 InUse", e + " with live rules");
        String gateway = eip.gateway;
        if (gateway != null) {
          unless(gateway.equals(e.gateway()), "K exact target", e + " but it is on " + gateway);
          withdraw(header, eip, gateway, e.prefixLength());
        }
        restores.remember(eip);
        LeaseOracle.ends(eip);
        unless(eip.owner != null && eip.owner.equals(e.owner()), "restore", e + " of " + eip.owner);
        eip.stage = Stage.LEAVING;
        eip.gateway = null;
        eip.owner = null;
        eip.node = null;
      }
      case Event.EipRestored e -> {
        restores.restored(stimulus, header, e);
        leases.restored(header, e);
      }
      case Event.EipWithdrawn e -> {
        EipFact eip = tenure(e.ip(), e.tenure());
        Place place = Facts.need(eip.places, e.gateway(), "3 withdrawn");
        unless(!place.wanted, "3 withdrawn", e + " but it is wanted there");
        unless(
            place.epochs.isEmpty(),
            "3 withdrawn",
            e + " but epochs " + place.epochs + " may carry it");
        eip.places.remove(e.gateway());
      }
      case Event.EipCleared e -> {
        Place place = Facts.need(tenure(e.ip(), e.tenure()).places, e.gateway(), "3 cleared");
        unless(
            !place.wanted && !place.epochs.contains(e.epoch()), "3 cleared", e + " is not known");
      }
      case Event.EipCooldownStarted e -> cooldownStarted(stimulus, header, e);
      case Event.EipFreed e -> {
        EipFact eip = tenure(e.ip(), e.tenure());
        unless(eip.stage == Stage.RESTING, "3 free", e + " but it is " + eip.stage);
        if (header.time() < eip.freeAt) {
          unless(
              eip.tenantFreeAt > 0 && header.time() >= eip.tenantFreeAt,
              "3 cool-down",
              e + " before " + eip.freeAt);
          eip.earlyFor = eip.tenant();
        }
        PoolFact pool = Facts.need(facts.pools, eip.pool, "pools");
        eip.stage = Stage.UNUSED;
        RestoreOracle.forget(eip);
        if (!pool.offers(e.ip())) {
          facts.eips.remove(e.ip());
        }
      }
      case Event.IpQuarantined e -> lives.quarantined(stimulus, header, e);
      case Event.IpReserved e -> lives.reserved(stimulus, e);
      case Event.IpUnreserved e -> lives.unreserved(stimulus, e);
      case Event.EipAdopted e -> {
        lives.adopted(stimulus, header, e);
        Command wish = LifeOracle.asked(stimulus, Command.AdoptEip.class);
        Long asked = wish instanceof Command.AdoptEip c ? c.leaseMs() : null;
        leases.begins(header, e.ip(), asked, e.leaseMs(), e.leaseUntil());
      }
      case Event.ConflictDetected e -> lives.conflict(stimulus, header, e);
      case Event.ConflictCleared e -> lives.conflictCleared(stimulus, header, e);
      case Event.TransferOffered e -> lives.offered(stimulus, header, e);
      case Event.TransferCancelled e -> lives.offerCancelled(stimulus, e);
      case Event.EipTransferred e -> lives.transferred(stimulus, header, e);
      case Event.EipTagged e -> lives.tagged(stimulus, e);
      case Event.LeaseSet e -> leases.set(stimulus, header, e);
      case Event.LeaseExpiring e -> leases.warned(header, e);
      case Event.EipProgrammed e -> {
        Place place = wantedPlace(e.ip(), e.tenure(), e.gateway(), e.epoch(), e.revision());
        boolean shown =
            gateways
                .observation(stimulus, e.gateway(), e.epoch(), e.revision())
                .addresses()
                .stream()
                .anyMatch(a -> a.ip().equals(e.ip()) && a.prefixLength() == place.prefixLength);
        unless(shown, "4 ready", e + " was not seen");
        place.readyEpoch = e.epoch();
      }
      case Event.EipUnprogrammed e -> {
        Place place = wantedPlace(e.ip(), e.tenure(), e.gateway(), e.epoch(), e.revision());
        boolean shown =
            gateways
                .observation(stimulus, e.gateway(), e.epoch(), e.revision())
                .addresses()
                .stream()
                .anyMatch(a -> a.ip().equals(e.ip()) && a.prefixLength() == place.prefixLength);
        unless(!shown, "4 ready", e + " was seen");
        place.readyEpoch = 0;
      }
      case Event.OwnerUnknown e -> held(e.ip(), e.tenure()).absent = 0;
      case Event.OwnerAbsent e -> {
        EipFact eip = held(e.ip(), e.tenure());
        eip.firstAbsentAt = eip.absent == 0 ? header.time() : eip.firstAbsentAt;
        eip.absent++;
        unless(e.count() == eip.absent, "2 absent", e + " is the " + eip.absent + "th");
      }
      case Event.OwnerPresent e -> held(e.ip(), e.tenure()).absent = 0;
      case Event.FipBound e -> {
        held(e.ip(), e.tenure());
        rules.added(
            header, e.ip(), "fip", e.internalIp().toString(), e.internalIp().toString(), e.vpc());
      }
      case Event.FipUnbound e -> removed(stimulus, header, e.ip(), "fip", e.withEip());
      case Event.DnatAdded e -> {
        held(e.ip(), e.tenure());
        String target =
            e.internalIp().toString().contains(":")
                ? "[" + e.internalIp() + "]:" + e.internalPort()
                : e.internalIp() + ":" + e.internalPort();
        rules.added(header, e.ip(), RuleOracle.dnat(e.protocol(), e.port()), target, null, e.vpc());
      }
      case Event.DnatRemoved e ->
          removed(stimulus, header, e.ip(), RuleOracle.dnat(e.protocol(), e.port()), e.withEip());
      case Event.SnatAdded e -> {
        held(e.ip(), e.tenure());
        rules.added(header, e.ip(), "snat/" + e.source(), "", e.source().toString(), e.vpc());
      }
      case Event.SnatRemoved e ->
          removed(stimulus, header, e.ip(), "snat/" + e.source(), e.withEip());
      case Event.RuleProgrammed e ->
          rules.programmed(e, gateways.observation(stimulus, e.gateway(), e.epoch(), e.revision()));
      case Event.RuleUnprogrammed e ->
          rules.unprogrammed(
              e, gateways.observation(stimulus, e.gateway(), e.epoch(), e.revision()));
      case Event.RuleCleared e -> {
        Place place = rules.rule(e.ip(), e.rule()).place;
        unless(
            place != null && !place.epochs.contains(e.epoch()), "3 cleared", e + " is not known");
      }
      case Event.RuleWithdrawn e -> rules.withdrawn(e);
      case Event.ProbeFailed e -> gateways.probeFailed(stimulus, e);
      case Event.ProbeRecovered e -> gateways.probeRecovered(stimulus, e);
      case Event.GatewayDefined e -> gateways.defined(e);
      case Event.GatewayPlaced e -> gateways.placed(header, e);
      case Event.GatewayInstanceStarted e -> gateways.instanceStarted(stimulus, e);
      case Event.GatewayRescheduled e -> gateways.rescheduled(stimulus, header, e);
      case Event.GatewayInstanceFenced e -> gateways.fenced(stimulus, header, e);
      case Event.GatewayRetiring e -> gateways.retiring(header, e);
      case Event.GatewayRetired e -> {
        GatewayFact gateway = Facts.need(facts.gateways, e.gateway(), "gateways");
        unless(gateway.retiring && gateway.earlier.isEmpty(), "gateways", e + " too early");
      }
      case Event.NodeRegistered e -> gateways.registered(stimulus, e);
      case Event.NodeLost e -> gateways.lost(stimulus, header, e);
      case Event.NodeReturned e -> gateways.returned(stimulus, e);
      case Event.NodeFenced e -> gateways.nodeFenced(stimulus, e);
      case Event.OwnerInventoryTaken e -> gateways.inventoryTaken(stimulus, e);
      case Event.OwnerInventoryOverdue e -> {
        unless(
            !Facts.need(facts.nodes, e.node(), "nodes").inventoryTaken, "H-d", e + " but it came");
      }
      case Event.DriftDetected e -> drifts.detected(stimulus, header, e);
      case Event.DriftCleared e -> drifts.cleared(e);
    }
  }

  private void removed(
      Stimulus stimulus, EventHeader header, IpAddress ip, String id, boolean withEip) {
    restores.ruleRemoved(stimulus, ip, id, withEip);
    rules.removed(header, ip, id);
  }

  private void allocated(Stimulus stimulus, EventHeader header, Event.EipAllocated e) {
    EipFact before = facts.eips.get(e.ip());
    unless(
        before == null || before.stage == Stage.UNUSED,
        "1 one holder",
        e + " while " + (before == null ? "" : before.stage));
    choices.allocated(header, e);
    EipFact eip = facts.eips.computeIfAbsent(e.ip(), ip -> new EipFact());
    unless(!facts.drifts(e.ip()), "3 free", e + " while a gateway is seen with it");
    unless(
        e.tenure() == header.sequence() && e.tenure() > eip.tenure, "tenures grow", e.toString());
    unless(
        Facts.need(facts.pools, e.pool(), "pools").offers(e.ip()),
        "9 excluded",
        e + " is not offered");
    unless(
        eip.earlyFor == null || eip.earlyFor.equals(e.owner().tenant()),
        "3 cool-down",
        e + " is free for tenant " + eip.earlyFor + " only");
    eip.earlyFor = null;
    eip.lastOwner = e.owner();
    eip.stage = Stage.HELD;
    eip.tenure = e.tenure();
    eip.pool = e.pool();
    eip.owner = e.owner();
    eip.node = e.node();
    eip.gateway = null;
    eip.absent = 0;
    eip.places.clear();
    eip.rules.clear();
    eip.begin(e.tags());
    if (stimulus instanceof Stimulus.Asked asked
        && asked.command() instanceof Command.AllocateEip c
        && c.owner().equals(e.owner())) {
      leases.begins(header, e.ip(), c.leaseMs(), e.leaseMs(), e.leaseUntil());
      unless(c.tags().equals(e.tags()), "tags", e + " after " + c);
    } else {
      // One that waited, or one of a bundle: what it asked for stands in the event.
      leases.begins(header, e.ip(), e.leaseMs(), e.leaseMs(), e.leaseUntil());
    }
    waits.allocated(stimulus, e);
  }

  /**
   * Only what its owner itself said moves it, and only to a boot that is the node's present one.
   */
  private void rebound(Stimulus stimulus, Event.EipRebound e) {
    EipFact eip = held(e.ip(), e.tenure());
    boolean said =
        stimulus instanceof Stimulus.Asked asked
            && asked.command() instanceof Command.AllocateEip c
            && c.owner().equals(eip.owner)
            && e.node().node().equals(c.node());
    unless(said, "bindings", e + " after " + stimulus);
    unless(
        e.node().bootId().equals(Facts.need(facts.nodes, e.node().node(), "nodes").boot),
        "bindings",
        e + " to a boot that is over");
    unless(!e.node().equals(eip.node), "6 idempotency", e + " but it is bound so");
    eip.node = e.node();
  }

  private void attached(EventHeader header, Event.EipAttached e) {
    EipFact eip = held(e.ip(), e.tenure());
    GatewayFact gateway = Facts.need(facts.gateways, e.gateway(), "gateways");
    unless(eip.gateway == null, "attach", e + " while on " + eip.gateway);
    unless(!gateway.retiring && e.epoch() == gateway.epoch, "attach", e.toString());
    Place place = eip.places.computeIfAbsent(e.gateway(), g -> new Place());
    unless(
        place.epochs.isEmpty() || place.prefixLength == e.prefixLength(),
        "K exact target",
        e + " but it may be there as /" + place.prefixLength);
    place.wanted = true;
    place.revision = header.sequence();
    place.prefixLength = e.prefixLength();
    place.epochs.add(gateway.epoch);
    place.readyEpoch = 0;
    eip.gateway = e.gateway();
    rules.follow(header, eip, e.gateway(), gateway.epoch);
  }

  private void cooldownStarted(Stimulus stimulus, EventHeader header, Event.EipCooldownStarted e) {
    EipFact eip = tenure(e.ip(), e.tenure());
    unless(
        eip.stage == Stage.LEAVING || eip.stage == Stage.QUARANTINED,
        "2 tenure",
        e + " while " + eip.stage);
    lives.coolsDown(stimulus, header, e.ip(), eip);
    eip.conflictUntil = 0;
    unless(eip.places.isEmpty(), "3 free", e + " while it may be on " + eip.places.keySet());
    unless(
        eip.rules.isEmpty(),
        "8 rules",
        e + " while rules are not seen gone: " + eip.rules.keySet());
    unless(!facts.drifts(e.ip()), "3 free", e + " while a gateway is seen with it");
    PoolFact pool = Facts.need(facts.pools, eip.pool, "pools");
    long across = pool.spec.crossTenantCooldownMs();
    unless(
        e.freeAt() == header.time() + (across > 0 ? across : pool.spec.cooldownMs()),
        "3 cool-down",
        e + " ends at another time");
    boolean sooner = across > pool.spec.cooldownMs() && eip.formerOwner != null;
    unless(
        e.tenantFreeAt() == (sooner ? header.time() + pool.spec.cooldownMs() : 0),
        "3 cool-down",
        e + " ends at another time for its tenant");
    eip.stage = Stage.RESTING;
    eip.freeAt = e.freeAt();
    eip.tenantFreeAt = e.tenantFreeAt();
  }

  private static void withdraw(EventHeader header, EipFact eip, String gateway, int prefixLength) {
    Place place = Facts.need(eip.places, gateway, "attach");
    unless(
        place.prefixLength == prefixLength,
        "K exact target",
        "programmed as /" + place.prefixLength);
    place.wanted = false;
    place.revision = header.sequence();
    place.readyEpoch = 0;
  }

  private void checkOverlap(String name, PoolFact pool) {
    facts.eips.forEach((ip, eip) ->
        unless(
            eip.pool.equals(name) || !pool.offers(ip) || eip.stage == Stage.UNUSED,
            "pools",
            name + " offers " + ip + " of " + eip.pool));
    facts.pools.forEach((other, fact) -> {
      if (!other.equals(name) && fact.spec.family() == pool.spec.family()) {
        for (Span a : fact.offered) {
          for (Span b : pool.offered) {
            unless(
                a.low().compareTo(b.high()) > 0 || b.low().compareTo(a.high()) > 0,
                "pools",
                name + " overlaps " + other);
          }
        }
      }
    });
  }

  private Place wantedPlace(IpAddress ip, long tenure, String gateway, long epoch, long revision) {
    EipFact eip = held(ip, tenure);
    Place place = Facts.need(eip.places, gateway, "4 ready");
    unless(
        place.wanted && place.revision == revision,
        "5 old reports",
        ip + " at revision " + revision);
    unless(eip.places.size() == 1, "fence first", ip + " may still be on " + eip.places.keySet());
    unless(
        Facts.need(facts.gateways, gateway, "gateways").epoch == epoch,
        "5 old reports",
        "epoch " + epoch);
    return place;
  }

  private EipFact held(IpAddress ip, long tenure) {
    EipFact eip = tenure(ip, tenure);
    unless(eip.stage == Stage.HELD, "2 tenure", ip + " is " + eip.stage);
    return eip;
  }

  private EipFact tenure(IpAddress ip, long tenure) {
    EipFact eip = Facts.need(facts.eips, ip, "1 one holder");
    unless(eip.tenure == tenure, "5 old tenure", ip + "#" + tenure + " but it is #" + eip.tenure);
    return eip;
  }

  /** What an agent of this gateway on this node is to have in its kernel. */
  public Desired desired(String gatewayName, String node) {
    GatewayFact gateway = facts.gateways.get(gatewayName);
    Map<IpAddress, Integer> addresses = new TreeMap<>();
    Map<String, Report.SeenRule> wantedRules = new TreeMap<>();
    if (gateway == null || !gateway.active() || !node.equals(gateway.node)) {
      return new Desired(addresses, wantedRules);
    }
    facts.eips.forEach((ip, eip) -> {
      Place place = eip.places.get(gatewayName);
      if (place == null || !place.wanted || eip.places.size() > 1) {
        return;
      }
      addresses.put(ip, place.prefixLength);
      eip.rules.forEach((id, rule) -> {
        if (rule.wanted && rule.place != null) {
          wantedRules.put(ip + " " + id, new Report.SeenRule(ip, id, rule.target));
        }
      });
    });
    return new Desired(addresses, wantedRules);
  }

  /**
   * The node and epoch of a gateway's current instance, its name and what it knows of its lease.
   */
  public @Nullable Placement placement(String gatewayName) {
    GatewayFact gateway = facts.gateways.get(gatewayName);
    return gateway == null
        ? null
        : new Placement(
            gateway.node,
            gateway.epoch,
            gateway.instance,
            gateway.spec.fenceAfterMs(),
            gateway.earlier,
            gateway.overlapped && !gateway.earlier.isEmpty());
  }

  public boolean drifts(IpAddress ip) {
    return facts.drifts(ip);
  }

  public List<String> gatewayNames() {
    return new ArrayList<>(facts.gateways.keySet());
  }

  public Settings settings() {
    return settings;
  }

  /** What is to be in a kernel. */
  public record Desired(Map<IpAddress, Integer> addresses, Map<String, Report.SeenRule> rules) {}

  public record Placement(
      @Nullable String node,
      long epoch,
      @Nullable String instance,
      long fenceAfterMs,
      List<Facts.Earlier> earlier,
      boolean overlaps) {

    /** The last epoch that ran on the node and is not fenced; 0 if there is none. */
    public long unfencedOn(String someNode) {
      return earlier.stream()
          .filter(i -> i.node().equals(someNode))
          .mapToLong(Facts.Earlier::epoch)
          .max()
          .orElse(0);
    }
  }

  /**
   * For comparison with the live state: phase, tenure and readiness of every address that is in
   * use.
   */
  public Map<IpAddress, String> summary() {
    Map<IpAddress, String> lines = new TreeMap<>();
    facts.eips.forEach((ip, eip) -> {
      if (eip.stage == Stage.UNUSED) {
        return;
      }
      String gateway = eip.gateway;
      Place place = gateway == null ? null : eip.places.get(gateway);
      boolean ready = gateway != null && place != null && isReady(gateway, place);
      StringBuilder line = new StringBuilder();
      line.append(eip.stage).append('#').append(eip.tenure).append(" on ").append(gateway);
      line.append(ready ? " ready" : " not ready");
      line.append(eip.stage == Stage.HELD ? eip.terms() : "");
      for (Map.Entry<String, RuleFact> rule : eip.rules.entrySet()) {
        RuleFact fact = rule.getValue();
        Place at = fact.place;
        String on = fact.gateway;
        boolean up = at != null && on != null && isReady(on, at);
        line.append(' ').append(rule.getKey()).append(fact.wanted ? up ? "+" : "-" : "x");
      }
      lines.put(ip, line.toString());
    });
    return lines;
  }

  private boolean isReady(String gateway, Place place) {
    GatewayFact fact = facts.gateways.get(gateway);
    return fact != null && place.wanted && place.readyEpoch == fact.epoch && place.readyEpoch > 0;
  }
}
