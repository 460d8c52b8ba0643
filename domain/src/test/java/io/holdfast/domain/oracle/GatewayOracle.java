package io.holdfast.domain.oracle;

import static io.holdfast.domain.oracle.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.event.MoveCause;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.oracle.Facts.Earlier;
import io.holdfast.domain.oracle.Facts.EipFact;
import io.holdfast.domain.oracle.Facts.GatewayFact;
import io.holdfast.domain.oracle.Facts.NodeFact;
import io.holdfast.domain.oracle.Facts.Place;
import io.holdfast.domain.oracle.Facts.RuleFact;
import io.holdfast.domain.report.Report;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Gateways, their instances, nodes, drift: what is known of which kernel. */
final class GatewayOracle {
  private final Facts facts;
  private final Settings settings;
  private final DriftOracle drifts;
  private final Map<String, Long> heardAt = new TreeMap<>();

  GatewayOracle(Facts facts, Settings settings, DriftOracle drifts) {
    this.facts = facts;
    this.drifts = drifts;
    this.settings = settings;
  }

  /** Takes the evidence out of a report, before its events are looked at. */
  void heard(Report report, long at) {

    switch (report) {
      case Report.NodeHeartbeat r -> {
        NodeFact node = facts.nodes.get(r.node());
        if (node == null || !node.formerBoots.contains(r.bootId())) {
          heardAt.put(r.node(), at);
        }
      }
      case Report.Observation r -> {
        observed(r);
        drifts.observed(r);
      }
      case Report.InstanceStarted r -> {}
      case Report.ProbeResult r -> {}
      case Report.OwnerCheck r -> {}
      case Report.OwnerInventory r -> {}
      case Report.ConflictSeen r -> {}
    }
  }

  private void observed(Report.Observation r) {
    GatewayFact gateway = facts.gateways.get(r.gateway());
    if (gateway == null || gateway.epoch != r.epoch() || !r.node().equals(gateway.node)) {
      return;
    }
    facts.eips.forEach((ip, eip) -> {
      Place place = eip.places.get(r.gateway());
      if (place != null && !place.wanted && r.appliedRevision() >= place.revision && lacks(r, ip)) {
        place.epochs.remove(r.epoch());
      }
      eip.rules.forEach((id, rule) -> {
        Place at = rule.place;
        if (at != null
            && r.gateway().equals(rule.gateway)
            && !at.wanted
            && r.appliedRevision() >= at.revision
            && lacks(r, ip, id)) {
          at.epochs.remove(r.epoch());
        }
      });
    });
  }

  static boolean lacks(Report.Observation r, IpAddress ip) {
    return r.addresses().stream().noneMatch(a -> a.ip().equals(ip))
        && (r.complete() || r.absentAddresses().contains(ip));
  }

  private static boolean lacks(Report.Observation r, IpAddress ip, String rule) {
    return r.rules().stream().noneMatch(s -> s.ip().equals(ip) && s.rule().equals(rule))
        && (r.complete() || r.absentRules().contains(new Report.AbsentRule(ip, rule)));
  }

  /** The observation that an event rests on. */
  Report.Observation observation(Stimulus stimulus, String gateway, long epoch, long revision) {
    GatewayFact fact = Facts.need(facts.gateways, gateway, "gateways");
    if (stimulus instanceof Stimulus.Told told
        && told.report() instanceof Report.Observation r
        && r.gateway().equals(gateway)
        && r.epoch() == epoch
        && fact.epoch == epoch
        && r.node().equals(fact.node)
        && fact.active()
        && r.appliedRevision() >= revision) {
      return r;
    }
    throw new Violation(
        "4 ready, 5 old reports", "epoch " + epoch + " revision " + revision + " by " + stimulus);
  }

  void defined(Event.GatewayDefined e) {
    GatewayFact gateway = facts.gateways.get(e.gateway());
    if (gateway == null) {
      GatewayFact fresh = new GatewayFact(e.spec());
      fresh.leaseMs = e.spec().fenceAfterMs();
      facts.gateways.put(e.gateway(), fresh);
      return;
    }
    unless(!gateway.retiring || gateway.earlier.isEmpty(), "gateways", e + " while retiring");
    gateway.leaseMs =
        gateway.retiring
            ? e.spec().fenceAfterMs()
            : Math.max(gateway.leaseMs, e.spec().fenceAfterMs());
    gateway.earlier.replaceAll(i ->
        new Earlier(
            i.epoch(), i.node(), i.replacedAt(), Math.max(i.leaseMs(), e.spec().fenceAfterMs())));
    gateway.retiring = false;
    gateway.spec = e.spec();
    gateway.overlapped |= gateway.active() && !gateway.earlier.isEmpty();
  }

  void placed(EventHeader header, Event.GatewayPlaced e) {
    GatewayFact gateway = Facts.need(facts.gateways, e.gateway(), "gateways");
    unless(gateway.node == null && e.epoch() > gateway.epoch, "epochs grow", e.toString());
    gateway.node = e.node();
    gateway.epoch = e.epoch();
    gateway.placedAt = header.time();
  }

  void instanceStarted(Stimulus stimulus, Event.GatewayInstanceStarted e) {
    GatewayFact gateway = Facts.need(facts.gateways, e.gateway(), "gateways");
    boolean said =
        stimulus instanceof Stimulus.Told told
            && told.report() instanceof Report.InstanceStarted r
            && r.gateway().equals(e.gateway())
            && r.node().equals(gateway.node)
            && r.instance().equals(e.instance());
    unless(
        said && e.epoch() == gateway.epoch && gateway.instance == null, "instances", e.toString());
    gateway.instance = e.instance();
    gateway.uptimeMs = e.uptimeMs();
  }

  void rescheduled(Stimulus stimulus, EventHeader header, Event.GatewayRescheduled e) {
    GatewayFact gateway = Facts.need(facts.gateways, e.gateway(), "gateways");
    unless(e.epoch() == gateway.epoch + 1, "epochs grow", e.toString());
    unless(e.fromNode().equals(gateway.node) && !gateway.retiring, "gateways", e.toString());
    NodeFact to = facts.nodes.get(e.toNode());
    NodeFact from = facts.nodes.get(e.fromNode());
    boolean justified =
        switch (e.cause()) {
          case REQUESTED ->
              stimulus instanceof Stimulus.Asked a
                  && a.command() instanceof Command.RescheduleGateway c
                  && c.gateway().equals(e.gateway());
          case PROBE_FAILED ->
              gateway.probeFailures >= gateway.spec.probeThreshold()
                  && header.time() >= gateway.placedAt + gateway.spec.holdDownMs();
          case NODE_LOST -> from == null || !from.up;
          case NODE_REBOOTED ->
              e.toNode().equals(e.fromNode())
                  && stimulus instanceof Stimulus.Told t
                  && t.report() instanceof Report.NodeHeartbeat r
                  && r.node().equals(e.fromNode());
          case INSTANCE_RESTARTED ->
              e.toNode().equals(e.fromNode())
                  && stimulus instanceof Stimulus.Told t
                  && t.report() instanceof Report.InstanceStarted r
                  && r.gateway().equals(e.gateway())
                  && (r.uptimeMs() == 0 || r.uptimeMs() >= gateway.uptimeMs);
          case NODE_FENCED -> from != null && !from.up && asked(stimulus, e.fromNode());
          case UNKNOWN -> false;
        };
    unless(justified, "moves", e + " after " + stimulus);
    if (e.toNode().equals(e.fromNode()) && e.cause() == MoveCause.NODE_LOST) {
      unless(
          stimulus instanceof Stimulus.Passed p
              && isSilent(e.fromNode(), gateway, p.heardFrom(), header.time()),
          "moves",
          e + " where it is, but its agent may have it up yet");
    }
    if (!e.toNode().equals(e.fromNode())) {
      unless(to != null && to.up, "moves", e + " to a node that is not up");
      unless(gateway.spec.candidates().contains(e.toNode()), "moves", e + " to no candidate");
    }
    Long contact = heardAt.get(e.fromNode());
    unless(
        contact == null || e.fenceAt() >= contact + fenceWait(gateway.leaseMs),
        "fence first",
        e + " but " + e.fromNode() + " was heard of at " + contact);
    gateway.earlier.add(
        new Earlier(gateway.epoch, e.fromNode(), header.sequence(), gateway.leaseMs));
    gateway.epoch = e.epoch();
    gateway.node = e.toNode();
    gateway.instance = null;
    gateway.uptimeMs = 0;
    gateway.leaseMs = gateway.spec.fenceAfterMs();
    gateway.probeFailures = 0;
    gateway.placedAt = header.time();
    gateway.overlapped |= gateway.active();
    places(
        e.gateway(),
        (what, place) -> {
          if (place.wanted) {
            place.epochs.add(e.epoch());
          }
        });
  }

  void retiring(EventHeader header, Event.GatewayRetiring e) {
    GatewayFact gateway = Facts.need(facts.gateways, e.gateway(), "gateways");
    String node = gateway.node;
    if (node == null) {
      throw new Violation("gateways", e + " but it is nowhere");
    }
    places(
        e.gateway(),
        (what, place) -> unless(!place.wanted, "gateways", e + " while it carries " + what));
    gateway.earlier.add(new Earlier(gateway.epoch, node, header.sequence(), gateway.leaseMs));
    gateway.node = null;
    gateway.instance = null;
    gateway.uptimeMs = 0;
    gateway.retiring = true;
    gateway.probeFailures = 0;
  }

  void fenced(Stimulus stimulus, EventHeader header, Event.GatewayInstanceFenced e) {
    GatewayFact gateway = Facts.need(facts.gateways, e.gateway(), "gateways");
    Earlier earlier =
        gateway.earlier.stream().filter(i -> i.epoch() == e.epoch()).findFirst().orElse(null);
    if (earlier == null || !earlier.node().equals(e.node())) {
      throw new Violation("fence first", e + " is not among " + gateway.earlier);
    }
    unless(
        isEvidence(stimulus, header, e, gateway, earlier), "fence first", e + " after " + stimulus);
    gateway.earlier.remove(earlier);
    gateway.overlapped &= !gateway.earlier.isEmpty();
    places(e.gateway(), (what, place) -> place.epochs.remove(e.epoch()));
    gateway.fencedAt.put(e.node(), header.sequence());
    drifts.fenced(e.gateway(), e.node());
  }

  private boolean isEvidence(
      Stimulus stimulus,
      EventHeader header,
      Event.GatewayInstanceFenced e,
      GatewayFact gateway,
      Earlier earlier) {
    return switch (e.evidence()) {
      case OBSERVED ->
          stimulus instanceof Stimulus.Told t
              && t.report() instanceof Report.Observation r
              && r.gateway().equals(e.gateway())
              && r.node().equals(e.node())
              && r.complete()
              && r.appliedRevision() >= earlier.replacedAt()
              && r.epoch() >= e.epoch()
              && holdsNothing(r, e.gateway(), gateway);
      case LEASE_EXPIRED -> {
        long heard = heardAt.getOrDefault(e.node(), 0L);
        long from = stimulus instanceof Stimulus.Passed p ? p.heardFrom() : Long.MAX_VALUE / 2;
        yield header.time() >= Math.max(heard, from) + fenceWait(earlier.leaseMs());
      }
      case REBOOTED ->
          stimulus instanceof Stimulus.Told t
              && t.report() instanceof Report.NodeHeartbeat r
              && r.node().equals(e.node());
      case RESTARTED ->
          stimulus instanceof Stimulus.Told t
              && t.report() instanceof Report.InstanceStarted r
              && r.gateway().equals(e.gateway())
              && r.node().equals(e.node());
      case OPERATOR -> asked(stimulus, e.node());
      case UNKNOWN, FENCED, NOT_CARRIED -> false;
    };
  }

  /** Nothing of ours; a current instance that may overlap may show what is wanted. */
  private boolean holdsNothing(Report.Observation r, String name, GatewayFact gateway) {
    boolean entitled = r.epoch() == gateway.epoch && gateway.active();
    boolean addresses =
        r.addresses().stream()
            .noneMatch(a -> {
              EipFact eip = facts.eips.get(a.ip());
              Place place = eip == null ? null : eip.places.get(name);
              boolean ours =
                  eip != null || facts.pools.values().stream().anyMatch(p -> p.offers(a.ip()));
              return ours && !(entitled && place != null && place.wanted);
            });
    return addresses && (entitled || r.rules().isEmpty());
  }

  private static boolean asked(Stimulus stimulus, String node) {
    return stimulus instanceof Stimulus.Asked a
        && a.command() instanceof Command.FenceNode c
        && c.node().equals(node)
        && !a.meta().reason().isBlank();
  }

  private static long fenceWait(long leaseMs) {
    return leaseMs + leaseMs / 10 + 2_000;
  }

  /** Its agent has surely taken everything down for want of contact. */
  private boolean isSilent(String node, GatewayFact gateway, long heardFrom, long now) {
    long heard = Math.max(heardAt.getOrDefault(node, 0L), heardFrom);
    return now >= heard + fenceWait(gateway.leaseMs);
  }

  /**
   * After time was looked at: no gateway stays on a lost node for nothing, nothing waits for it.
   */
  void looked(long heardFrom, long now) {
    facts.gateways.forEach((name, gateway) -> {
      String on = gateway.node;
      NodeFact node = on == null ? null : facts.nodes.get(on);
      if (on == null || (node != null && node.up)) {
        return;
      }
      boolean hasCandidate =
          gateway.spec.candidates().stream()
              .map(facts.nodes::get)
              .anyMatch(candidate -> candidate != null && candidate.up);
      unless(node == null || !hasCandidate, "progress", name + " stays on lost node " + on);
      if (isSilent(on, gateway, heardFrom, now)) {
        places(
            name,
            (what, place) ->
                unless(
                    place.wanted || !place.epochs.contains(gateway.epoch),
                    "progress",
                    what + " waits for " + name + " on " + on + ", which is silent for good"));
      }
    });
  }

  private void places(String gateway, BiConsumer<String, Place> action) {
    facts.eips.forEach((ip, eip) -> {
      Place place = eip.places.get(gateway);
      if (place != null) {
        action.accept(ip.toString(), place);
      }
      for (Map.Entry<String, RuleFact> rule : eip.rules.entrySet()) {
        Place at = rule.getValue().place;
        if (at != null && gateway.equals(rule.getValue().gateway)) {
          action.accept(ip + " " + rule.getKey(), at);
        }
      }
    });
  }

  void registered(Stimulus stimulus, Event.NodeRegistered e) {
    unless(
        !facts.nodes.containsKey(e.node()) && heartbeat(stimulus, e.node(), e.bootId()),
        "nodes",
        e.toString());
    NodeFact node = new NodeFact();
    node.boot = e.bootId();
    facts.nodes.put(e.node(), node);
  }

  void lost(Stimulus stimulus, EventHeader header, Event.NodeLost e) {
    NodeFact node = Facts.need(facts.nodes, e.node(), "nodes");
    long heard = heardAt.getOrDefault(e.node(), 0L);
    unless(
        node.up
            && stimulus instanceof Stimulus.Passed p
            && header.time() - Math.max(heard, p.heardFrom()) > settings.nodeLostAfterMs(),
        "nodes",
        e + " but it was heard of at " + heard);
    node.up = false;
  }

  void returned(Stimulus stimulus, Event.NodeReturned e) {
    NodeFact node = Facts.need(facts.nodes, e.node(), "nodes");
    unless(heartbeat(stimulus, e.node(), e.bootId()), "nodes", e.toString());
    node.up = true;
    if (!e.bootId().equals(node.boot)) {
      node.formerBoots.add(node.boot);
      node.boot = e.bootId();
      node.inventoryTaken = false;
      drifts.emptied(e.node());
    }
  }

  void nodeFenced(Stimulus stimulus, Event.NodeFenced e) {
    NodeFact node = Facts.need(facts.nodes, e.node(), "nodes");
    unless(asked(stimulus, e.node()), "nodes", e.toString());
    unless(!node.up || !e.bootId().equals(node.boot), "fence first", e + " but it is up");
    node.inventoryTaken = true;
    if (e.bootId().equals(node.boot)) {
      drifts.emptied(e.node());
    }
  }

  void inventoryTaken(Stimulus stimulus, Event.OwnerInventoryTaken e) {
    NodeFact node = Facts.need(facts.nodes, e.node(), "nodes");
    boolean given =
        stimulus instanceof Stimulus.Told t
            && t.report() instanceof Report.OwnerInventory r
            && r.complete()
            && r.bootId().equals(node.boot);
    unless(given && !node.inventoryTaken, "H owner inventory", e + " after " + stimulus);
    node.inventoryTaken = true;
  }

  private static boolean heartbeat(Stimulus stimulus, String node, String boot) {
    return stimulus instanceof Stimulus.Told t
        && t.report() instanceof Report.NodeHeartbeat r
        && r.node().equals(node)
        && r.bootId().equals(boot);
  }

  void probeFailed(Stimulus stimulus, Event.ProbeFailed e) {
    String name = e.gateway();
    if (name != null) {
      GatewayFact gateway = Facts.need(facts.gateways, name, "gateways");
      unless(
          stimulus instanceof Stimulus.Told t
              && t.report() instanceof Report.ProbeResult r
              && !r.ok()
              && r.generation() == gateway.epoch,
          "5 old reports",
          e + " after " + stimulus);
      gateway.probeFailures++;
      unless(
          e.failures() == gateway.probeFailures,
          "probes",
          e + " is number " + gateway.probeFailures);
      unless(gateway.active(), "probes", e + " of a gateway that is given nothing");
    } else {
      probedEip(stimulus, e.ip());
    }
  }

  void probeRecovered(Stimulus stimulus, Event.ProbeRecovered e) {
    String name = e.gateway();
    if (name != null) {
      Facts.need(facts.gateways, name, "gateways").probeFailures = 0;
    } else {
      probedEip(stimulus, e.ip());
    }
  }

  private void probedEip(Stimulus stimulus, @Nullable IpAddress ip) {
    EipFact eip = ip == null ? null : facts.eips.get(ip);
    unless(
        eip != null
            && stimulus instanceof Stimulus.Told t
            && t.report() instanceof Report.ProbeResult r
            && r.generation() == eip.tenure,
        "5 old tenure",
        ip + " after " + stimulus);
  }
}
