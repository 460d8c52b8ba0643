package io.holdfast.domain.oracle;

import static io.holdfast.domain.oracle.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.oracle.Facts.EipFact;
import io.holdfast.domain.oracle.Facts.PoolFact;
import io.holdfast.domain.oracle.Facts.Stage;
import org.jspecify.annotations.Nullable;

/** When a lease begins, moves, is warned of and ends: never over a renewal that may be waiting. */
final class LeaseOracle {
  private static final long DAY = 24L * 3600 * 1000;

  private final Facts facts;
  private final Settings settings;

  LeaseOracle(Facts facts, Settings settings) {
    this.facts = facts;
    this.settings = settings;
  }

  /** A tenure begins, with what was asked for, or else with what its pool gives. */
  void begins(
      EventHeader header, IpAddress ip, @Nullable Long asked, long leaseMs, long leaseUntil) {
    EipFact eip = Facts.need(facts.eips, ip, "leases");
    PoolFact pool = Facts.need(facts.pools, eip.pool, "pools");
    unless(
        leaseMs == (asked == null ? pool.spec.leaseMs() : asked),
        "leases",
        ip + " has a lease of " + leaseMs + ", asked for " + asked);
    set(header, ip, eip, leaseMs, leaseUntil);
  }

  void restored(EventHeader header, Event.EipRestored e) {
    EipFact eip = Facts.need(facts.eips, e.ip(), "leases");
    unless(e.leaseMs() == eip.formerLeaseMs, "leases", e + " had " + eip.formerLeaseMs);
    set(header, e.ip(), eip, e.leaseMs(), e.leaseUntil());
  }

  private static void set(
      EventHeader header, IpAddress ip, EipFact eip, long leaseMs, long leaseUntil) {
    unless(
        leaseUntil == (leaseMs == 0 ? 0 : header.time() + leaseMs),
        "leases",
        ip + " has a lease of " + leaseMs + " until " + leaseUntil);
    eip.leaseMs = leaseMs;
    eip.leaseUntil = leaseUntil;
    eip.leaseLast = 0;
    eip.warnAt = leaseUntil - Math.min(DAY, leaseMs / 4);
  }

  void set(Stimulus stimulus, EventHeader header, Event.LeaseSet e) {
    EipFact eip = Facts.need(facts.eips, e.ip(), "leases");
    unless(eip.stage == Stage.HELD && eip.tenure == e.tenure(), "leases", e + " of " + eip.tenure);
    PoolFact pool = Facts.need(facts.pools, eip.pool, "pools");
    if (stimulus instanceof Stimulus.Asked asked
        && asked.command() instanceof Command.ResizePool c) {
      drained(header, c, pool, eip, e);
    } else {
      unless(isWished(stimulus, e, eip), "leases", e + " after " + stimulus);
      long last = pool.offers(e.ip()) ? 0 : eip.leaseLast;
      long until = e.leaseMs() == 0 ? 0 : header.time() + e.leaseMs();
      long expected = last == 0 ? until : until == 0 ? last : Math.min(last, until);
      unless(e.leaseUntil() == expected && e.lastUntil() == last, "leases", e + " of " + expected);
    }
    eip.leaseMs = e.leaseMs();
    eip.leaseLast = e.lastUntil();
    boolean told = eip.leaseUntil == e.leaseUntil() && eip.warnAt == 0;
    eip.leaseUntil = e.leaseUntil();
    long left = Math.max(0, e.leaseUntil() - header.time());
    eip.warnAt = told || e.leaseUntil() == 0 ? 0 : e.leaseUntil() - Math.min(DAY, left / 4);
  }

  private static void drained(
      EventHeader header, Command.ResizePool c, PoolFact pool, EipFact eip, Event.LeaseSet e) {
    unless(
        c.mode() == ResizeMode.DRAIN && !pool.offers(e.ip()),
        "9 pools",
        e + " though the pool covers it, or is not drained");
    unless(
        e.lastUntil() <= header.time() + c.drainMs()
            && e.leaseUntil() <= e.lastUntil()
            && e.leaseUntil() > 0
            && e.leaseMs() == eip.leaseMs,
        "drain",
        e + " after " + c);
    unless(
        eip.leaseUntil == 0 || e.leaseUntil() <= eip.leaseUntil, "drain", e + " puts an end off");
  }

  /** Its owner or somebody who renews it asked, and the end moves by a noticeable part. */
  private static boolean isWished(Stimulus stimulus, Event.LeaseSet e, EipFact eip) {
    if (!(stimulus instanceof Stimulus.Asked asked)) {
      return false;
    }
    return switch (asked.command()) {
      case Command.RenewLease c ->
          c.ip().equals(e.ip())
              && (c.tenure() == null || c.tenure() == eip.tenure)
              && (c.owner() == null || c.owner().equals(eip.owner))
              && (c.leaseMs() == null ? eip.leaseMs : c.leaseMs()) == e.leaseMs();
      case Command.AllocateEip c -> isAskedAgain(c.owner(), c.leaseMs(), e, eip);
      case Command.AdoptEip c -> isAskedAgain(c.owner(), c.leaseMs(), e, eip);
      case Command.AllocateBundle c ->
          c.items().stream()
              .anyMatch(i -> isAskedAgain(i.request().owner(), i.request().leaseMs(), e, eip));
      default -> false;
    };
  }

  private static boolean isAskedAgain(
      Owner owner, @Nullable Long asked, Event.LeaseSet e, EipFact eip) {
    boolean isSame = e.leaseMs() == eip.leaseMs;
    return owner.equals(eip.owner)
        && (asked == null ? isSame : asked == e.leaseMs())
        && (!isSame || e.leaseUntil() == 0 || e.leaseUntil() - eip.leaseUntil >= e.leaseMs() / 10);
  }

  void warned(EventHeader header, Event.LeaseExpiring e) {
    EipFact eip = Facts.need(facts.eips, e.ip(), "leases");
    unless(
        eip.stage == Stage.HELD
            && eip.tenure == e.tenure()
            && eip.leaseUntil == e.leaseUntil()
            && eip.warnAt != 0
            && header.time() >= eip.warnAt,
        "leases",
        e + " but it ends at " + eip.leaseUntil + ", to be told at " + eip.warnAt);
    eip.warnAt = 0;
  }

  /** The end is for a tenure whose renewals could have been heard for long enough. */
  boolean isOver(Stimulus stimulus, EventHeader header, EipFact eip) {
    return stimulus instanceof Stimulus.Passed passed
        && eip.leaseUntil > 0
        && header.time() >= eip.leaseUntil + settings.leaseGraceMs()
        && header.time() >= passed.commandsFrom() + settings.leaseGraceMs();
  }

  static void ends(EipFact eip) {
    eip.formerLeaseMs = eip.leaseMs;
    eip.leaseMs = 0;
    eip.leaseUntil = 0;
    eip.leaseLast = 0;
    eip.warnAt = 0;
  }

  /** After a look at the timers nothing is left that should have been over or told of. */
  void looked(long commandsFrom, long now) {
    facts.eips.forEach((ip, eip) -> {
      boolean isLeased = eip.stage == Stage.HELD && eip.leaseUntil > 0;
      long over = Math.max(eip.leaseUntil, commandsFrom) + settings.leaseGraceMs();
      unless(!isLeased || over > now, "leases end", ip + " should have ended at " + over);
      unless(
          !isLeased || eip.warnAt == 0 || eip.warnAt > now,
          "leases end",
          ip + " should have been told of at " + eip.warnAt);
    });
  }
}
