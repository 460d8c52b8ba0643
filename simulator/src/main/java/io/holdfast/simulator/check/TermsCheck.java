package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.model.Conflict;
import io.holdfast.domain.model.Lease;
import io.holdfast.domain.model.Offer;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Terms;

/** The terms of a tenure say what follows from the events. */
final class TermsCheck {
  private TermsCheck() {}

  static void check(Terms terms, EipFact eip, Object row) {
    TermsFact fact = eip.terms;
    Conflict conflict = terms.conflict();
    unless(
        terms.adopted() == fact.adopted
            && terms.tags().equals(fact.tags)
            && (conflict == null ? 0 : conflict.until()) == fact.conflictUntil,
        "state",
        row,
        fact);
    if (eip.phase != Phase.ALLOCATED) {
      return;
    }
    Lease lease = terms.lease();
    unless(
        lease == null
            ? fact.leaseUntil == 0
            : lease.expiresAt() == fact.leaseUntil
                && lease.durationMs() == fact.leaseMs
                && lease.warnAt() == fact.warnAt
                && lease.lastUntil() == fact.leaseLast,
        "leases",
        row,
        fact);
    Offer offer = terms.offer();
    unless(
        offer == null
            ? fact.offeredTo == null
            : offer.tenant().equals(fact.offeredTo) && offer.until() == fact.offeredUntil,
        "transfer",
        row,
        fact);
  }
}
