package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import org.jspecify.annotations.Nullable;

/** When a lease begins, moves, is told of and ends: never over a renewal that waits to be heard. */
final class LeaseRules {
  private static final String RULE = "leases";
  private static final long DAY = 24L * 3600 * 1000;

  private final Facts facts;
  private final long graceMs;

  /**
   * @param graceMs so long after its end a lease may still be renewed at least, milliseconds
   */
  LeaseRules(Facts facts, long graceMs) {
    this.facts = facts;
    this.graceMs = graceMs;
  }

  /** With a tenure. */
  static void begins(EventHeader header, EipFact eip, long leaseMs, long leaseUntil, Object e) {
    unless(leaseUntil == (leaseMs == 0 ? 0 : header.time() + leaseMs), RULE, e, header);
    eip.terms.leaseMs = leaseMs;
    ends(header, eip.terms, leaseUntil);
  }

  private static void ends(EventHeader header, TermsFact terms, long until) {
    boolean told = terms.leaseUntil != 0 && terms.leaseUntil == until && terms.warnAt == 0;
    terms.leaseUntil = until;
    // One that is over and can still be renewed may be cut by a drain: its end is told at once.
    long left = Math.max(0, until - header.time());
    terms.warnAt = told || until == 0 ? 0 : until - Math.min(DAY, left / 4);
  }

  void set(Stimulus stimulus, EventHeader header, Event.LeaseSet e, EipFact eip) {
    TermsFact terms = eip.terms;
    boolean covered = facts.pool(eip.pool).offered.contains(e.ip());
    if (stimulus instanceof Stimulus.Asked asked
        && asked.command() instanceof Command.ResizePool c) {
      unless(c.mode() == ResizeMode.DRAIN && !covered, "9 pools", e, stimulus);
      unless(
          e.leaseMs() == terms.leaseMs
              && e.lastUntil() <= header.time() + c.drainMs()
              && e.leaseUntil() > 0
              && e.leaseUntil() <= e.lastUntil()
              && (terms.leaseUntil == 0 || e.leaseUntil() <= terms.leaseUntil),
          "drain",
          e,
          terms);
    } else {
      unless(isWished(stimulus, e, eip), RULE, e, stimulus);
      long last = covered ? 0 : terms.leaseLast;
      long until = e.leaseMs() == 0 ? 0 : header.time() + e.leaseMs();
      long expected = last == 0 ? until : until == 0 ? last : Math.min(last, until);
      unless(e.leaseUntil() == expected && e.lastUntil() == last, RULE, e, expected);
    }
    terms.leaseMs = e.leaseMs();
    terms.leaseLast = e.lastUntil();
    ends(header, terms, e.leaseUntil());
  }

  /** Somebody renews it, or its owner asks again for what it holds. */
  private static boolean isWished(Stimulus stimulus, Event.LeaseSet e, EipFact eip) {
    if (!(stimulus instanceof Stimulus.Asked asked)) {
      return false;
    }
    return switch (asked.command()) {
      case Command.RenewLease c ->
          renews(c, e.ip(), eip)
              && e.leaseMs() == (c.leaseMs() == null ? eip.terms.leaseMs : c.leaseMs());
      case Command.AdoptEip c ->
          c.ip().equals(e.ip())
              && c.owner().equals(eip.owner)
              && e.leaseMs() == (c.leaseMs() == null ? eip.terms.leaseMs : c.leaseMs());
      default ->
          WaitRules.asks(
              asked.command(),
              r ->
                  r.owner().equals(eip.owner)
                      && e.leaseMs() == (r.leaseMs() == null ? eip.terms.leaseMs : r.leaseMs()));
    };
  }

  private static boolean renews(Command.RenewLease c, IpAddress ip, EipFact eip) {
    return c.ip().equals(ip)
        && (c.tenure() == null || c.tenure() == eip.tenure)
        && (c.owner() == null || c.owner().equals(eip.owner));
  }

  static void warned(EventHeader header, Event.LeaseExpiring e, EipFact eip) {
    TermsFact terms = eip.terms;
    unless(
        terms.leaseUntil == e.leaseUntil() && terms.warnAt != 0 && header.time() >= terms.warnAt,
        RULE,
        e,
        terms);
    terms.warnAt = 0;
  }

  /** Whether nobody can have renewed it in time and not have been heard. */
  boolean isOver(Stimulus stimulus, EventHeader header, IpAddress ip, EipFact eip) {
    if (!(stimulus instanceof Stimulus.Passed passed) || eip.terms.leaseUntil == 0) {
      return false;
    }
    long until = eip.terms.leaseUntil;
    for (Stimulus.Renewal renewal : passed.unread()) {
      boolean inTime = renewal.appendedAt() < until && eip.terms.leaseLast == 0;
      unless(!inTime || !renews(renewal.command(), ip, eip), RULE, renewal, "it waits unread");
    }
    return header.time() >= Math.max(until, passed.commandsFrom()) + graceMs;
  }

  /** Nothing is left that should have been over or told of. */
  void looked(long commandsFrom, long time) {
    facts.eips.forEach((ip, eip) -> {
      if (eip.phase == Phase.ALLOCATED && eip.terms.leaseUntil != 0) {
        long over = Math.max(eip.terms.leaseUntil, commandsFrom) + graceMs;
        unless(over > time, "progress", ip, "its lease is over since " + over);
        boolean told = eip.terms.warnAt == 0 || eip.terms.warnAt > time;
        unless(told, "progress", ip, "its end was not told: " + eip.terms);
      }
    });
  }

  /** After a drain: nobody outside goes on without an end. */
  void drained(Command.ResizePool c, EventHeader header) {
    facts.eips.forEach((ip, eip) -> {
      boolean outside =
          eip.phase == Phase.ALLOCATED
              && eip.pool.equals(c.pool())
              && !facts.pool(c.pool()).offered.contains(ip);
      long last = eip.terms.leaseLast;
      unless(!outside || (last != 0 && last <= header.time() + c.drainMs()), "drain", ip, eip);
    });
  }

  /** The lease that a request gives in a pool. */
  static boolean gives(Facts facts, @Nullable Long asked, String pool, long leaseMs) {
    return leaseMs == (asked == null ? facts.pool(pool).plan.leaseMs() : asked);
  }
}
