package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.DriftKey;

/** Addresses that operators take out of the free set, put back, or give to who has them anyway. */
final class ReserveRules {
  private final Facts facts;

  ReserveRules(Facts facts) {
    this.facts = facts;
  }

  void reserved(Stimulus stimulus, Event.IpReserved e) {
    EipFact eip = facts.eip(e.ip());
    if (eip.phase == Phase.RELEASING) {
      unless(eip.terms.adopted, "12 adopted", e, "it was allocated");
      unless(eip.places.isEmpty() && eip.rules.isEmpty(), "3 withdrawn", e, eip);
    } else {
      boolean asked =
          stimulus instanceof Stimulus.Asked a
              && a.command() instanceof Command.ReserveIp c
              && c.ip().equals(e.ip())
              && !a.meta().reason().isBlank();
      unless(asked && eip.phase == Phase.FREE, "reserve", e, eip);
      offered(e.ip(), e.pool(), e);
      eip.pool = e.pool();
    }
    facts.move(eip, Phase.RESERVED);
    eip.over();
    eip.forgetFormer();
  }

  void unreserved(Stimulus stimulus, Event.IpUnreserved e) {
    EipFact eip = facts.eip(e.ip());
    boolean asked =
        stimulus instanceof Stimulus.Asked a
            && a.command() instanceof Command.UnreserveIp c
            && c.ip().equals(e.ip());
    unless(asked && eip.phase == Phase.RESERVED, "reserve", e, eip);
    facts.move(eip, Phase.FREE);
    if (!facts.pool(eip.pool).offered.contains(e.ip())) {
      facts.eips.remove(e.ip()); // the pool was cut meanwhile
    }
  }

  void adopted(Stimulus stimulus, EventHeader header, Event.EipAdopted e, boolean isPresent) {
    EipFact eip = facts.eip(e.ip());
    if (!(stimulus instanceof Stimulus.Asked asked)
        || !(asked.command() instanceof Command.AdoptEip c)) {
      throw new Violation("adopt", e + "; " + stimulus);
    }
    boolean wished =
        c.ip().equals(e.ip())
            && c.owner().equals(e.owner())
            && c.tags().equals(e.tags())
            && LeaseRules.gives(facts, c.leaseMs(), e.pool(), e.leaseMs());
    unless(wished, "adopt", e, c);
    boolean here = e.node() == null ? c.node() == null : e.node().node().equals(c.node());
    unless(here && isPresent, "bindings", e, c);
    unless(
        eip.phase == Phase.FREE
            || eip.phase == Phase.RESERVED
            || (eip.phase == Phase.QUARANTINED && eip.quarantineUntil <= header.time()),
        "1 one holder",
        e,
        eip);
    for (DriftKey drift : facts.drifts) {
      unless(
          !drift.ip().equals(e.ip())
              || (drift.gateway().equals(c.gateway())
                  && drift.node().equals(facts.gateway(drift.gateway()).node)),
          "3 free",
          e,
          drift);
    }
    unless(e.tenure() == header.sequence() && e.tenure() > eip.tenure, "tenures grow", e, eip);
    offered(e.ip(), e.pool(), e);
    unless(facts.mayHave(e.owner().tenant(), 1), "quotas", e, facts.quotas);
    eip.pool = e.pool();
    facts.move(eip, Phase.ALLOCATED);
    eip.forgetFormer();
    eip.begin(e.tenure(), e.node());
    eip.terms.adopted = true;
    eip.terms.tags = e.tags();
    LeaseRules.begins(header, eip, e.leaseMs(), e.leaseUntil(), e);
    eip.owner = e.owner();
    facts.hold(eip, e.ip());
  }

  private void offered(IpAddress ip, String pool, Object e) {
    unless(facts.pool(pool).offered.contains(ip), "9 excluded", e, "it is not offered");
  }
}
