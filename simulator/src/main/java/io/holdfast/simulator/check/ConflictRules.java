package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;

/** What something else was seen to answer for: quarantine, probation, and how that ends. */
final class ConflictRules {
  private static final String RULE = "quarantine";

  private final Facts facts;

  ConflictRules(Facts facts) {
    this.facts = facts;
  }

  /** A gateway of ours shows it, or somebody saw something else answer for it. */
  void quarantined(Stimulus stimulus, EventHeader header, Event.IpQuarantined e) {
    EipFact eip = facts.eip(e.ip());
    unless(
        eip.phase != Phase.ALLOCATED
            && eip.phase != Phase.RESERVED
            && eip.places.isEmpty()
            && eip.rules.isEmpty(),
        "2 tenure ends",
        e,
        eip);
    unless(!eip.terms.adopted, "12 adopted", e, "it is to be reserved");
    eip.pool = e.pool();
    long before = eip.phase == Phase.QUARANTINED ? eip.quarantineUntil : 0;
    if (e.until() == 0) {
      unless(facts.drifts(e.ip()), "K quarantine", e, "nothing was seen with it");
    } else if (eip.phase == Phase.RELEASING) {
      unless(e.until() == eip.terms.conflictUntil, RULE, e, eip.terms);
    } else {
      unless(isSeen(stimulus, e.ip()), RULE, e, stimulus);
      probation(header, eip, before, e.until(), e);
    }
    facts.move(eip, Phase.QUARANTINED);
    eip.over();
    eip.quarantineUntil = e.until();
  }

  /** Seen now for the whole probation, and told of only if that moves it noticeably. */
  private void probation(EventHeader header, EipFact eip, long before, long until, Object e) {
    long probation = facts.pool(eip.pool).plan.probationMs();
    unless(until == (probation == 0 ? Address.NEVER : header.time() + probation), RULE, e, eip);
    unless(
        before == 0 || until == Address.NEVER || until - before >= probation / 10, RULE, e, before);
    unless(before != until, RULE, e, "it is nothing new");
  }

  void detected(Stimulus stimulus, EventHeader header, Event.ConflictDetected e, EipFact eip) {
    unless(isSeen(stimulus, e.ip()), "conflict", e, stimulus);
    unless(eip.phase == Phase.ALLOCATED || eip.phase == Phase.RELEASING, "conflict", e, eip);
    probation(header, eip, eip.terms.conflictUntil, e.until(), e);
    eip.terms.conflictUntil = e.until();
  }

  void cleared(Stimulus stimulus, EventHeader header, Event.ConflictCleared e, EipFact eip) {
    long until = eip.terms.conflictUntil;
    unless(
        until > 0 && (header.time() >= until || isEnded(stimulus, e.ip())), "conflict", e, until);
    eip.terms.conflictUntil = 0;
  }

  /** It may rest only when nothing can be believed to answer for it. */
  static void coolsDown(Stimulus stimulus, EventHeader header, IpAddress ip, EipFact eip) {
    unless(!eip.terms.adopted, "12 adopted", ip, "it goes to the free set");
    if (eip.phase == Phase.QUARANTINED) {
      boolean over = eip.quarantineUntil <= header.time();
      unless(over || isEnded(stimulus, ip), RULE, ip, eip.quarantineUntil);
      eip.quarantineUntil = 0;
    } else {
      unless(eip.terms.conflictUntil <= header.time(), RULE, ip, eip.terms);
    }
  }

  /** What was seen of an address of ours is believed at once. */
  void told(Report.ConflictSeen r) {
    EipFact eip = facts.eips.get(r.ip());
    boolean ours = eip != null && eip.phase != Phase.FREE;
    for (Facts.PoolFact pool : facts.pools.values()) {
      ours |= pool.offered.contains(r.ip());
    }
    boolean believed =
        eip != null
            && switch (eip.phase) {
              case RESERVED -> true;
              case QUARANTINED -> eip.quarantineUntil != 0;
              case ALLOCATED, RELEASING -> eip.terms.conflictUntil != 0;
              case FREE, COOLING_DOWN -> false;
            };
    unless(!ours || believed, "conflict", r, eip);
  }

  private static boolean isSeen(Stimulus stimulus, IpAddress ip) {
    return stimulus instanceof Stimulus.Told told
        && told.report() instanceof Report.ConflictSeen seen
        && seen.ip().equals(ip);
  }

  private static boolean isEnded(Stimulus stimulus, IpAddress ip) {
    return stimulus instanceof Stimulus.Asked asked
        && asked.command() instanceof Command.EndQuarantine c
        && c.ip().equals(ip)
        && !asked.meta().reason().isBlank();
  }
}
