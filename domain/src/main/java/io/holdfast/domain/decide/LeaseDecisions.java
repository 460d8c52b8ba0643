package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Lease;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RenewLease, and what the end of a lease brings. */
final class LeaseDecisions {
  /**
   * Asking again renews only if that moves the end by so much of the lease: one part of so many.
   */
  private static final int PARTS = 10;

  private LeaseDecisions() {}

  /** Null if it is null or well-formed. */
  static @Nullable Refusal check(String field, @Nullable Long leaseMs) {
    return leaseMs == null ? null : RequestChecks.lease(field, leaseMs);
  }

  /** How long the lease of a new tenure lasts, milliseconds; 0: it has none. */
  static long duration(@Nullable Long asked, PoolSpec spec) {
    return asked == null ? spec.leaseMs() : asked;
  }

  /** When a lease that begins or is renewed now ends, epoch milliseconds; 0: never. */
  static long until(Draft draft, long leaseMs) {
    return leaseMs == 0 ? 0 : draft.now() + leaseMs;
  }

  static Verdict renew(Draft draft, Command.RenewLease c) {
    Refusal refusal =
        Check.first(
            check("leaseMs", c.leaseMs()),
            AttachDecisions.checkHeldBy(draft.state(), c.ip(), c.tenure(), c.owner()));
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    Tenancy tenancy = ReleaseDecisions.tenancy(draft.state(), c.ip());
    Lease lease = tenancy.terms().lease();
    Long asked = c.leaseMs();
    long duration = asked != null ? asked : lease == null ? 0 : lease.durationMs();
    set(draft, c.ip(), duration, renewed(draft, c.ip(), duration), lastUntil(draft, c.ip()));
    return Verdict.DONE;
  }

  /** The owner asked again for what it holds: that renews it. */
  static void askedAgain(Draft draft, List<Grant> held, @Nullable Long asked) {
    for (Grant grant : held) {
      IpAddress ip = grant.ip();
      Lease lease = ReleaseDecisions.tenancy(draft.state(), ip).terms().lease();
      if (lease == null && asked == null) {
        continue;
      }
      long duration = asked != null ? asked : lease == null ? 0 : lease.durationMs();
      long until = renewed(draft, ip, duration);
      if (lease == null
          || lease.durationMs() != duration
          || until == 0
          || isNoticeable(lease.expiresAt(), until, duration)) {
        set(draft, ip, duration, until, lastUntil(draft, ip));
      }
    }
  }

  /**
   * The pool does not cover a held EIP any more and is drained: its lease ends then at the latest.
   *
   * @param last epoch milliseconds
   */
  static void drain(Draft draft, IpAddress ip, long last) {
    Lease lease = ReleaseDecisions.tenancy(draft.state(), ip).terms().lease();
    if (lease == null) {
      set(draft, ip, 0, last, last);
      return;
    }
    long before = lease.lastUntil();
    long sooner = before == 0 ? last : Math.min(before, last);
    set(draft, ip, lease.durationMs(), Math.min(lease.expiresAt(), sooner), sooner);
  }

  /** When a lease that is renewed now ends, epoch milliseconds; 0: never. */
  private static long renewed(Draft draft, IpAddress ip, long durationMs) {
    long last = lastUntil(draft, ip);
    long until = until(draft, durationMs);
    return last == 0 ? until : until == 0 ? last : Math.min(until, last);
  }

  /** What a drained pool leaves it; 0: no limit. A pool that covers it again takes it back. */
  private static long lastUntil(Draft draft, IpAddress ip) {
    Address address = ReleaseDecisions.address(draft.state(), ip);
    Lease lease = ReleaseDecisions.tenancy(draft.state(), ip).terms().lease();
    return lease == null || PoolDecisions.pool(draft.state(), address.pool()).covers(ip)
        ? 0
        : lease.lastUntil();
  }

  /** Whether a deadline moves by enough to be worth an event. */
  static boolean isNoticeable(long before, long after, long duration) {
    return after - before >= Math.max(1, duration / PARTS);
  }

  private static void set(Draft draft, IpAddress ip, long durationMs, long until, long last) {
    Tenancy tenancy = ReleaseDecisions.tenancy(draft.state(), ip);
    Lease lease = tenancy.terms().lease();
    boolean same =
        lease == null
            ? until == 0
            : lease.durationMs() == durationMs
                && lease.expiresAt() == until
                && lease.lastUntil() == last;
    if (!same) {
      draft.emit(new Event.LeaseSet(ip, tenancy.tenure(), durationMs, until, last));
    }
  }

  /** Says that a lease is near its end, once. */
  static void warn(Draft draft, TimerKey timer) {
    IpAddress ip = IpAddress.parse(timer.subject());
    Lease lease = lease(draft, ip, timer);
    if (lease != null && lease.warnAt() != 0 && lease.warnAt() <= draft.now()) {
      draft.emit(new Event.LeaseExpiring(ip, Long.parseLong(timer.detail()), lease.expiresAt()));
    }
  }

  /**
   * Ends a tenure whose lease is over. A renewal may have been sent in time and wait to be heard:
   * the end comes only when renewals have been heard without delay for the grace time after it.
   *
   * @param commandsFrom epoch milliseconds since which commands are heard without delay
   */
  static void end(Draft draft, TimerKey timer, long commandsFrom) {
    IpAddress ip = IpAddress.parse(timer.subject());
    Lease lease = lease(draft, ip, timer);
    if (lease == null || lease.expiresAt() > draft.now()) {
      return;
    }
    long surely = Math.max(lease.expiresAt(), commandsFrom) + draft.settings().leaseGraceMs();
    if (surely > draft.now()) {
      draft
          .state()
          .timers()
          .put(
              new TimerKey(surely, TimerKind.LEASE_END, timer.subject(), timer.detail()), Mark.SET);
    } else {
      ReleaseDecisions.endWithRules(
          draft,
          ip,
          ReleaseCause.LEASE_ENDED,
          "its lease ended at " + Instant.ofEpochMilli(lease.expiresAt()) + " and was not renewed");
    }
  }

  /** The lease that the timer is about; null if its tenure is over, or has none any more. */
  private static @Nullable Lease lease(Draft draft, IpAddress ip, TimerKey timer) {
    Address address = draft.state().addresses().get(ip);
    return address != null && address.isHeldBy(Long.parseLong(timer.detail()))
        ? ReleaseDecisions.tenancy(draft.state(), ip).terms().lease()
        : null;
  }
}
