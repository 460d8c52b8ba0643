package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.event.Evidence;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.simulator.check.Facts.Earlier;
import io.holdfast.simulator.check.Facts.GatewayFact;
import io.holdfast.simulator.node.Kernel;
import io.holdfast.simulator.node.Kernels;
import io.holdfast.simulator.setup.Setup;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gateways: epochs, moves, fencing, probes, drift. */
final class GatewayRules {
  private final Setup setup;
  private final Facts facts;
  private final Kernels kernels;

  GatewayRules(Setup setup, Facts facts, Kernels kernels) {
    this.setup = setup;
    this.facts = facts;
    this.kernels = kernels;
  }

  /** The observation that an event rests on: of the present epoch, and late enough. */
  static Report.Observation observation(
      Facts facts, Stimulus stimulus, String name, long epoch, long revision, Object event) {
    GatewayFact gateway = facts.gateway(name);
    if (stimulus instanceof Stimulus.Told told
        && told.report() instanceof Report.Observation r
        && r.gateway().equals(name)
        && r.epoch() == epoch
        && gateway.epoch == epoch
        && r.node().equals(gateway.node)
        && gateway.isActive()
        && r.appliedRevision() >= revision) {
      return r;
    }
    throw new Violation("5 old reports", event + "; " + stimulus);
  }

  void defined(Event.GatewayDefined e) {
    GatewayFact gateway = facts.gateways.get(e.gateway());
    if (gateway == null) {
      facts.gateways.put(e.gateway(), new GatewayFact(e.spec()));
      return;
    }
    unless(!gateway.retiring || gateway.earlier.isEmpty(), "gateways", e, gateway);
    long told = e.spec().fenceAfterMs();
    gateway.leaseMs = gateway.retiring ? told : Math.max(gateway.leaseMs, told);
    gateway.earlier.replaceAll(i ->
        new Earlier(
            i.epoch(), i.node(), i.replacedAt(), Math.max(i.leaseMs(), told), i.instance()));
    gateway.retiring = false;
    gateway.spec = e.spec();
    gateway.overlapped |= gateway.isActive() && !gateway.earlier.isEmpty();
  }

  void placed(EventHeader header, Event.GatewayPlaced e) {
    GatewayFact gateway = facts.gateway(e.gateway());
    unless(gateway.node == null && e.epoch() > gateway.epoch, "epochs grow", e, gateway);
    unless(gateway.spec.candidates().contains(e.node()), "moves", e, gateway);
    gateway.node = e.node();
    gateway.epoch = e.epoch();
    gateway.leaseMs = leaseOf(gateway, e.leaseMs(), e);
    gateway.placedAt = header.time();
  }

  /** Never shorter than what is told; whether it is long enough is seen on the kernels. */
  private static long leaseOf(GatewayFact gateway, long leaseMs, Object e) {
    unless(leaseMs >= gateway.spec.fenceAfterMs(), "fence", e, gateway.spec);
    return leaseMs;
  }

  void instanceStarted(Stimulus stimulus, Event.GatewayInstanceStarted e) {
    GatewayFact gateway = facts.gateway(e.gateway());
    boolean said =
        stimulus instanceof Stimulus.Told told
            && told.report() instanceof Report.InstanceStarted r
            && r.gateway().equals(e.gateway())
            && r.node().equals(gateway.node)
            && r.bootId().equals(facts.node(r.node()).boot)
            && r.instance().equals(e.instance())
            && r.uptimeMs() == e.uptimeMs();
    unless(
        said && e.epoch() == gateway.epoch && gateway.instance == null, "instances", e, stimulus);
    gateway.instance = e.instance();
    gateway.uptimeMs = e.uptimeMs();
  }

  void rescheduled(Stimulus stimulus, EventHeader header, Event.GatewayRescheduled e) {
    GatewayFact gateway = facts.gateway(e.gateway());
    unless(e.epoch() == gateway.epoch + 1, "epochs grow", e, gateway);
    unless(e.fromNode().equals(gateway.node) && !gateway.retiring, "gateways", e, gateway);
    unless(Moves.isJustified(facts, stimulus, header, e, gateway), "moves", e, stimulus);
    long heard = facts.heardAt(e.fromNode());
    unless(
        heard == 0 || e.fenceAt() >= heard + Facts.fenceWait(gateway.leaseMs), "fence", e, heard);
    gateway.earlier.add(
        new Earlier(
            gateway.epoch, e.fromNode(), header.sequence(), gateway.leaseMs, gateway.instance));
    gateway.epoch = e.epoch();
    gateway.node = e.toNode();
    gateway.instance = null;
    gateway.uptimeMs = 0;
    gateway.leaseMs = leaseOf(gateway, e.leaseMs(), e);
    gateway.probeFailures = 0;
    gateway.placedAt = header.time();
    gateway.overlapped |= gateway.isActive();
  }

  void retiring(EventHeader header, Event.GatewayRetiring e) {
    GatewayFact gateway = facts.gateway(e.gateway());
    String node = Violation.need(gateway.node, "gateways", e);
    facts.eips.forEach((ip, eip) ->
        unless(
            eip.phase != Phase.ALLOCATED || !e.gateway().equals(eip.gateway), "8 in use", e, ip));
    gateway.earlier.add(
        new Earlier(gateway.epoch, node, header.sequence(), gateway.leaseMs, gateway.instance));
    gateway.node = null;
    gateway.instance = null;
    gateway.uptimeMs = 0;
    gateway.retiring = true;
    gateway.probeFailures = 0;
    gateway.placedAt = header.time();
  }

  void retired(Event.GatewayRetired e) {
    GatewayFact gateway = facts.gateway(e.gateway());
    unless(gateway.retiring && gateway.earlier.isEmpty(), "gateways", e, gateway);
  }

  void fenced(Stimulus stimulus, EventHeader header, Event.GatewayInstanceFenced e) {
    GatewayFact gateway = facts.gateway(e.gateway());
    Earlier earlier = null;
    for (Earlier one : gateway.earlier) {
      earlier = one.epoch() == e.epoch() && one.node().equals(e.node()) ? one : earlier;
    }
    Earlier found = Violation.need(earlier, "fence", e);
    unless(Moves.isFenced(facts, stimulus, header, e, found), "fence", e, stimulus);
    if (e.evidence() == Evidence.RESTARTED) {
      Kernel kernel = kernels.get(setup.agent(setup.gateway(e.gateway()), setup.node(e.node())));
      unless(
          found.instance() == null || !found.instance().equals(kernel.mark()),
          "fence",
          e,
          "that instance is the one that runs");
    }
    gateway.earlier.remove(found);
    gateway.overlapped &= !gateway.earlier.isEmpty();
    // While another instance on the node is not fenced, what answers there may be that one's.
    if (!e.node().equals(gateway.node) && !gateway.isUnfencedOn(e.node())) {
      KernelWatch.fenced(kernels, setup, e.gateway(), e.node(), e);
    }
  }

  void probeFailed(Stimulus stimulus, Event.ProbeFailed e) {
    Report.ProbeResult r = probe(stimulus, e);
    if (e.gateway() != null) {
      GatewayFact gateway = facts.gateway(e.gateway());
      unless(r.generation() == gateway.epoch && gateway.isActive(), "5 old reports", e, r);
      gateway.probeFailures++;
      unless(e.failures() == gateway.probeFailures, "probes", e, gateway.probeFailures);
    } else if (e.ip() != null) {
      EipFact eip = facts.eip(e.ip());
      unless(r.generation() == eip.tenure, "5 old tenure", e, eip);
      eip.probeFailures++;
      unless(e.failures() == eip.probeFailures, "probes", e, eip.probeFailures);
    }
    unless(!r.ok(), "probes", e, r);
  }

  void probeRecovered(Stimulus stimulus, Event.ProbeRecovered e) {
    Report.ProbeResult r = probe(stimulus, e);
    unless(r.ok(), "probes", e, r);
    if (e.gateway() != null) {
      GatewayFact gateway = facts.gateway(e.gateway());
      unless(r.generation() == gateway.epoch, "5 old reports", e, r);
      gateway.probeFailures = 0;
    } else if (e.ip() != null) {
      unless(r.generation() == facts.eip(e.ip()).tenure, "5 old tenure", e, r);
      facts.eip(e.ip()).probeFailures = 0;
    }
  }

  private static Report.ProbeResult probe(Stimulus stimulus, Object event) {
    if (stimulus instanceof Stimulus.Told told && told.report() instanceof Report.ProbeResult r) {
      return r;
    }
    throw new Violation("probes", event + "; " + stimulus);
  }

  void driftDetected(Stimulus stimulus, Event.DriftDetected e) {
    GatewayFact gateway = facts.gateway(e.gateway());
    boolean seen =
        stimulus instanceof Stimulus.Told told
            && told.report() instanceof Report.Observation r
            && r.gateway().equals(e.gateway())
            && r.node().equals(e.node())
            && r.epoch() == e.epoch()
            && shows(r, e.ip());
    unless(seen, "K drift", e, stimulus);
    EipFact eip = facts.eips.get(e.ip());
    EipFact.@Nullable Place place = eip == null ? null : eip.at(e.gateway());
    boolean entitled =
        e.node().equals(gateway.node)
            && e.epoch() == gateway.epoch
            && place != null
            && place.wanted;
    unless(!entitled, "K drift", e, "it is wanted there");
    boolean held = eip != null && eip.phase == Phase.ALLOCATED;
    unless(
        Objects.equals(e.wantedOn(), held && eip != null ? eip.gateway : null), "K drift", e, eip);
    facts.drifts.add(new DriftKey(e.gateway(), e.ip(), e.node()));
  }

  void driftCleared(Stimulus stimulus, Event.DriftCleared e) {
    DriftKey key = new DriftKey(e.gateway(), e.ip(), e.node());
    unless(facts.drifts.remove(key), "K drift", e, "there is none");
    if (e.evidence() == Evidence.OBSERVED) {
      unless(
          stimulus instanceof Stimulus.Told told
              && told.report() instanceof Report.Observation r
              && r.node().equals(e.node())
              && (isSeenGone(r, e.ip()) || isWanted(e)),
          "K drift",
          e,
          stimulus);
    }
  }

  private static boolean isSeenGone(Report.Observation r, IpAddress ip) {
    return !shows(r, ip) && (r.complete() || r.absentAddresses().contains(ip));
  }

  private boolean isWanted(Event.DriftCleared e) {
    EipFact eip = facts.eips.get(e.ip());
    EipFact.@Nullable Place place = eip == null ? null : eip.at(e.gateway());
    return place != null && place.wanted;
  }

  static boolean shows(Report.Observation r, IpAddress ip) {
    for (Report.SeenAddress a : r.addresses()) {
      if (a.ip().equals(ip)) {
        return true;
      }
    }
    return false;
  }

  /** What must not stay as it is once time was looked at. */
  void looked(long heardFrom, long time) {
    for (String name : new ArrayList<>(facts.gateways.keySet())) {
      GatewayFact gateway = facts.gateway(name);
      String on = gateway.node;
      Facts.NodeFact node = on == null ? null : facts.nodes.get(on);
      boolean unheard =
          node == null
              && time - Math.max(gateway.placedAt, heardFrom) > setup.settings().nodeLostAfterMs();
      if (on != null && (unheard || (node != null && !node.up))) {
        for (String candidate : gateway.spec.candidates()) {
          Facts.NodeFact other = facts.nodes.get(candidate);
          unless(other == null || !other.up, "progress", name, "it stays on a lost node");
        }
        stranded(name, gateway, Math.max(facts.heardAt(on), heardFrom), time);
      }
    }
    facts.nodes.forEach((name, node) -> {
      long heard = Math.max(facts.heardAt(name), heardFrom);
      unless(
          !node.up || time - heard <= setup.settings().nodeLostAfterMs(),
          "progress",
          name,
          "it is silent, and not taken for lost");
      unless(
          !node.awaitsInventory || node.inventoryDueAt == 0 || time < node.inventoryDueAt,
          "H owner inventory",
          name,
          "it is overdue, and nobody says so");
    });
  }

  /** What its agent has surely taken down waits for it no longer. */
  private void stranded(String name, GatewayFact gateway, long heard, long time) {
    if (time < heard + Facts.fenceWait(gateway.leaseMs)) {
      return;
    }
    facts.eips.forEach((ip, eip) -> {
      EipFact.Place place = eip.at(name);
      boolean waits = place != null && !place.wanted && place.leftEpoch == gateway.epoch;
      unless(!waits, "progress", ip, "it waits for a node that is silent: " + gateway);
    });
  }

  static boolean asked(Stimulus stimulus, String node) {
    return stimulus instanceof Stimulus.Asked a
        && a.command() instanceof Command.FenceNode c
        && c.node().equals(node)
        && !a.meta().reason().isBlank();
  }
}
