package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.domain.state.State;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is late changes nothing; what is not must not be overlooked. */
final class ReportRules {
  private final Facts facts;
  private final ConflictRules conflicts;

  ReportRules(Facts facts, ConflictRules conflicts) {
    this.facts = facts;
    this.conflicts = conflicts;
  }

  void told(Stimulus.Told told, List<Recorded> events, State state) {
    if (told.disposition() instanceof Disposition.Late) {
      unless(events.isEmpty(), "5 old reports", told, events);
    }
    unless(
        !(told.disposition() instanceof Disposition.Invalid),
        "reports",
        told,
        "all of ours are well-formed");
    if (told.report() instanceof Report.ConflictSeen r) {
      conflicts.told(r);
    }
    if (told.report() instanceof Report.Observation r) {
      Facts.GatewayFact gateway = facts.gateways.get(r.gateway());
      if (gateway != null && gateway.epoch == r.epoch() && r.node().equals(gateway.node)) {
        missing(r, gateway);
        if (events.isEmpty()) {
          unexpected(r, state.gateways().get(r.gateway()));
        }
      }
    }
  }

  /** What the present instance was seen without is not ready. */
  private void missing(Report.Observation r, Facts.GatewayFact gateway) {
    if (!gateway.isActive()) {
      return;
    }
    if (r.complete()) {
      Set<IpAddress> seen = new HashSet<>();
      r.addresses().forEach(a -> seen.add(a.ip()));
      facts.eips.forEach((ip, eip) -> {
        if (!seen.contains(ip)) {
          missing(r, ip, eip);
        }
      });
    } else {
      for (IpAddress ip : r.absentAddresses()) {
        EipFact eip = facts.eips.get(ip);
        if (eip != null) {
          missing(r, ip, eip);
        }
      }
    }
  }

  private static void missing(Report.Observation r, IpAddress ip, EipFact eip) {
    EipFact.Place place = eip.at(r.gateway());
    boolean counts =
        place != null
            && place.wanted
            && place.revision <= r.appliedRevision()
            && place.observation < r.number()
            && eip.places.size() == 1;
    unless(
        !counts || place == null || place.readyEpoch != r.epoch(),
        "4 ready",
        ip + " was seen missing",
        r);
  }

  /** What is there unasked is on record as drift. */
  private void unexpected(Report.Observation r, @Nullable Gateway row) {
    if (row == null || row.revision() != r.appliedRevision()) {
      return;
    }
    for (Report.SeenAddress seen : r.addresses()) {
      EipFact eip = facts.eips.get(seen.ip());
      boolean ours = (eip != null && !eip.pool.isEmpty()) || isOffered(seen.ip());
      boolean placed = eip != null && eip.at(r.gateway()) != null;
      unless(
          !ours || placed || facts.drifts.contains(new DriftKey(r.gateway(), seen.ip(), r.node())),
          "K drift",
          seen,
          "it is not on record");
    }
  }

  private boolean isOffered(IpAddress ip) {
    for (Facts.PoolFact pool : facts.pools.values()) {
      if (pool.offered.contains(ip)) {
        return true;
      }
    }
    return false;
  }
}
