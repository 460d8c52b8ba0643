package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Conflict;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Excerpt;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.report.Report;
import org.jspecify.annotations.Nullable;

/**
 * ConflictSeen, EndQuarantine, and the end of a probation: something that is none of ours answers
 * for an address.
 */
final class QuarantineDecisions {
  private QuarantineDecisions() {}

  static Disposition seen(Draft draft, Report.ConflictSeen r) {
    Address address = draft.state().addresses().get(r.ip());
    String pool = address == null ? DriftDecisions.poolOf(draft.state(), r.ip()) : address.pool();
    if (pool == null) {
      return new Disposition.Late(r.ip() + " is not offered by any pool of this network");
    }
    long probation = PoolDecisions.pool(draft.state(), pool).spec().probationMs();
    long until = probation == 0 ? Address.NEVER : draft.now() + probation;
    String by = Excerpt.of(r.by(), Excerpt.VALUE);
    Phase phase = address == null ? Phase.FREE : address.phase();
    switch (phase) {
      case FREE, COOLING_DOWN -> quarantine(draft, r.ip(), pool, by, until);
      case QUARANTINED -> {
        if (address != null && isWorthTelling(address.freeAt(), until, probation)) {
          quarantine(draft, r.ip(), pool, by, until);
        }
      }
      case ALLOCATED, RELEASING -> {
        Tenancy tenancy = ReleaseDecisions.tenancy(draft.state(), r.ip());
        Conflict known = tenancy.terms().conflict();
        if (isWorthTelling(known == null ? 0 : known.until(), until, probation)) {
          draft.emit(new Event.ConflictDetected(r.ip(), tenancy.tenure(), by, until));
        }
      }
      case RESERVED -> {
        // An operator took it out, likely because of what was seen.
      }
    }
    return Disposition.USED;
  }

  /** A probation begins, never ends any more, or ends later by enough to be worth an event. */
  private static boolean isWorthTelling(long before, long after, long probation) {
    if (before == 0 || after == Address.NEVER) {
      return before != after;
    }
    return before != Address.NEVER && LeaseDecisions.isNoticeable(before, after, probation);
  }

  private static void quarantine(Draft draft, IpAddress ip, String pool, String by, long until) {
    draft.relievedOf(draft.state().addresses().get(ip));
    draft.emit(new Event.IpQuarantined(ip, pool, "answered for by " + by, until));
  }

  static Verdict end(Draft draft, CommandMeta meta, Command.EndQuarantine c) {
    if (meta.reason().isBlank()) {
      return Verdict.refused(
          Refusal.invalid("meta.reason", meta.reason(), "why the quarantine is over"));
    }
    Address address = draft.state().addresses().get(c.ip());
    if (address == null) {
      return DriftDecisions.poolOf(draft.state(), c.ip()) == null
          ? Verdict.refused(Availability.outOfRange(c.ip()))
          : Verdict.DONE;
    }
    if (address.phase() == Phase.QUARANTINED) {
      String carrier = DriftDecisions.seenUnasked(draft.state(), c.ip());
      if (carrier != null) {
        return Verdict.refused(
            Refusal.of(
                    RefusalCode.AddressQuarantined,
                    "gateway " + carrier + " was seen with " + c.ip() + " and not without it since")
                .with("gateway", carrier));
      }
      ReleaseDecisions.coolDown(draft, c.ip(), address);
      return Verdict.DONE;
    }
    clear(draft, c.ip(), address);
    return Verdict.DONE;
  }

  /** Nothing was seen for the probation. */
  static void probationOver(Draft draft, IpAddress ip) {
    Address address = draft.state().addresses().get(ip);
    if (address == null) {
      return;
    }
    if (address.phase() == Phase.QUARANTINED) {
      endIfOver(draft, ip, address);
      return;
    }
    Conflict conflict = conflict(address);
    if (conflict != null && conflict.until() <= draft.now()) {
      clear(draft, ip, address);
    }
  }

  /** Ends a quarantine for which there is no cause any more: neither drift nor a probation. */
  static void endIfOver(Draft draft, IpAddress ip, Address address) {
    if (isProbationOver(draft, address) && DriftDecisions.seenUnasked(draft.state(), ip) == null) {
      ReleaseDecisions.coolDown(draft, ip, address);
    }
  }

  /** Whether a quarantine is for drift alone, by now or from the start. */
  static boolean isProbationOver(Draft draft, Address address) {
    return address.freeAt() <= draft.now();
  }

  private static void clear(Draft draft, IpAddress ip, Address address) {
    if (conflict(address) != null) {
      draft.emit(new Event.ConflictCleared(ip, address.tenure()));
    }
  }

  private static @Nullable Conflict conflict(Address address) {
    return address.tenancy() == null ? null : address.tenancy().terms().conflict();
  }
}
