package io.holdfast.domain.oracle;

import static io.holdfast.domain.oracle.Violation.unless;

import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.event.Evidence;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.oracle.Facts.DriftFact;
import io.holdfast.domain.oracle.Facts.DriftPlace;
import io.holdfast.domain.oracle.Facts.EipFact;
import io.holdfast.domain.oracle.Facts.GatewayFact;
import io.holdfast.domain.oracle.Facts.Place;
import io.holdfast.domain.report.Report;
import java.util.List;
import java.util.Objects;

/** Addresses in kernels in which they are not to be. */
final class DriftOracle {
  private final Facts facts;

  DriftOracle(Facts facts) {
    this.facts = facts;
  }

  /** What an observation proves to be gone. */
  void observed(Report.Observation r) {
    GatewayFact gateway = facts.gateways.get(r.gateway());
    if (gateway == null) {
      return;
    }
    boolean current = gateway.epoch == r.epoch() && r.node().equals(gateway.node);
    boolean outside = isOutside(gateway, r);
    facts.drifts.forEach((place, drift) -> {
      if (!place.gateway().equals(r.gateway()) || !place.node().equals(r.node())) {
        return;
      }
      boolean lacks = GatewayOracle.lacks(r, place.ip());
      if (outside && lacks && r.appliedRevision() >= drift.toldAt) {
        drift.observationByEpoch.clear();
      }
      if (current && (lacks || isWanted(place))) {
        drift
            .observationByEpoch
            .entrySet()
            .removeIf(seen ->
                seen.getKey() == r.epoch()
                    ? r.number() > seen.getValue()
                    : !gateway.mayRun(seen.getKey(), r.node()));
      }
    });
  }

  /** Nothing of this gateway is to be there, and its agent had been told so since the fencing. */
  private static boolean isOutside(GatewayFact gateway, Report.Observation r) {
    return !gateway.mayRunOn(r.node())
        && r.epoch() <= gateway.epoch
        && r.appliedRevision() >= gateway.fencedAt.getOrDefault(r.node(), 0L);
  }

  private boolean isWanted(DriftPlace where) {
    EipFact eip = facts.eips.get(where.ip());
    Place place = eip == null ? null : eip.places.get(where.gateway());
    return place != null && place.wanted;
  }

  /** A kernel is surely empty but for what instances that still run may have put there. */
  void fenced(String gatewayName, String node) {
    GatewayFact gateway = Facts.need(facts.gateways, gatewayName, "gateways");
    facts.drifts.forEach((place, drift) -> {
      if (place.gateway().equals(gatewayName) && place.node().equals(node)) {
        drift.observationByEpoch.keySet().removeIf(epoch -> !gateway.mayRun(epoch, node));
      }
    });
  }

  /** A node is off, or began anew. */
  void emptied(String node) {
    facts.gateways.keySet().forEach(gateway -> fenced(gateway, node));
  }

  void detected(Stimulus stimulus, EventHeader header, Event.DriftDetected e) {
    GatewayFact gateway = Facts.need(facts.gateways, e.gateway(), "gateways");
    if (!(stimulus instanceof Stimulus.Told told)
        || !(told.report() instanceof Report.Observation r)) {
      throw new Violation("drift", e + " after " + stimulus);
    }
    boolean shown =
        r.gateway().equals(e.gateway())
            && r.epoch() == e.epoch()
            && r.node().equals(e.node())
            && r.addresses().contains(new Report.SeenAddress(e.ip(), e.prefixLength()));
    boolean current = r.epoch() == gateway.epoch && r.node().equals(gateway.node);
    unless(shown && (current || isOutside(gateway, r)), "drift", e + " after " + stimulus);
    EipFact eip = facts.eips.get(e.ip());
    Place place = eip == null ? null : eip.places.get(e.gateway());
    unless(
        !current || place == null || !place.epochs.contains(e.epoch()),
        "drift",
        e + " but it may be there");
    String wantedOn = eip == null ? null : eip.gateway;
    unless(Objects.equals(wantedOn, e.wantedOn()), "drift", e + " but it is wanted on " + wantedOn);
    DriftFact drift =
        facts.drifts.computeIfAbsent(
            new DriftPlace(e.gateway(), e.node(), e.ip()), p -> new DriftFact());
    drift.observationByEpoch.put(e.epoch(), e.observation());
    drift.toldAt = header.sequence();
  }

  void cleared(Event.DriftCleared e) {
    DriftPlace place = new DriftPlace(e.gateway(), e.node(), e.ip());
    DriftFact drift = Facts.need(facts.drifts, place, "drift");
    unless(
        drift.observationByEpoch.isEmpty(),
        "3 drift",
        e
            + " but epochs "
            + drift.observationByEpoch.keySet()
            + " were seen with it"
            + (e.evidence() == Evidence.OBSERVED ? " and not without" : ""));
    facts.drifts.remove(place);
  }

  /**
   * A node that is to hold nothing of a gateway, knows it, and shows an address that could be
   * handed out, is drift: it is told by the event, or was before.
   */
  void afterwards(Stimulus stimulus, List<Recorded> events, long before) {
    if (!(stimulus instanceof Stimulus.Told told)
        || !(told.report() instanceof Report.Observation r)) {
      return;
    }
    GatewayFact gateway = facts.gateways.get(r.gateway());
    if (gateway == null || !isOutside(gateway, r) || r.appliedRevision() < before) {
      return;
    }
    for (Report.SeenAddress seen : r.addresses()) {
      IpAddress ip = seen.ip();
      boolean ours = facts.pools.values().stream().anyMatch(p -> p.offers(ip));
      unless(
          !ours || facts.drifts.containsKey(new DriftPlace(r.gateway(), r.node(), ip)),
          "a returning node holds nothing",
          r.node() + " shows " + ip + " and nothing is said but " + events);
    }
  }
}
