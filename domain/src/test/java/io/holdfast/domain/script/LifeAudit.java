package io.holdfast.domain.script;

import static io.holdfast.domain.oracle.Violation.check;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Conflict;
import io.holdfast.domain.model.Lease;
import io.holdfast.domain.model.Offer;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.model.Terms;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.oracle.Oracle;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Leases, probations and those who wait have the timers that look after them. */
final class LifeAudit {
  private LifeAudit() {}

  static void timers(State state, Map<IpAddress, Address> addresses, Oracle oracle) {
    Set<String> warnings = new TreeSet<>();
    Map<String, Long> ends = new TreeMap<>();
    Set<String> probations = new TreeSet<>();
    addresses.forEach((ip, address) -> {
      Tenancy tenancy = address.tenancy();
      Lease lease = tenancy == null ? null : tenancy.terms().lease();
      if (tenancy != null && lease != null && address.phase() == Phase.ALLOCATED) {
        ends.put(ip + " " + tenancy.tenure(), lease.expiresAt());
        if (lease.warnAt() != 0) {
          warnings.add(lease.warnAt() + " " + ip + " " + tenancy.tenure());
        }
      }
      Conflict conflict = tenancy == null ? null : tenancy.terms().conflict();
      long until =
          address.phase() == Phase.QUARANTINED
              ? address.freeAt()
              : conflict == null ? 0 : conflict.until();
      if (until != 0 && until != Address.NEVER) {
        probations.add(until + " " + ip);
      }
    });
    Set<String> found = new TreeSet<>();
    for (TimerKey t : StateAudit.timers(state, TimerKind.LEASE_WARNING)) {
      found.add(t.due() + " " + t.subject() + " " + t.detail());
    }
    check(warnings.equals(found), "timers", "warnings " + warnings + " but " + found);
    Map<String, Long> last = new TreeMap<>();
    for (TimerKey t : StateAudit.timers(state, TimerKind.LEASE_END)) {
      last.merge(t.subject() + " " + t.detail(), t.due(), Math::max);
    }
    ends.forEach((item, end) ->
        check(last.getOrDefault(item, 0L) >= end, "timers", "none ends the lease of " + item));
    Set<String> due = new TreeSet<>();
    for (TimerKey t : StateAudit.timers(state, TimerKind.PROBATION)) {
      due.add(t.due() + " " + t.subject());
    }
    check(probations.containsAll(due), "timers", "probation " + probations + " but " + due);
    for (String item : probations) {
      // Once it is over, the drift that goes on ends it.
      IpAddress ip = IpAddress.parse(item.substring(item.indexOf(' ') + 1));
      check(due.contains(item) || oracle.drifts(ip), "timers", "none ends the probation " + item);
    }
  }

  /** Each waiter has its deadline, and nobody else has one. */
  static void waiting(State state) {
    Set<String> due = new TreeSet<>();
    for (TimerKey t : StateAudit.timers(state, TimerKind.WAIT)) {
      due.add(t.due() + " " + t.subject());
      boolean waits = state.waiters().get(Long.parseLong(t.subject())) != null;
      check(waits, "timers", t + " of nobody who waits");
    }
    state
        .waiters()
        .scan(
            0L,
            Long.MAX_VALUE,
            (ticket, waiter) -> {
              check(
                  due.contains(waiter.deadline() + " " + ticket),
                  "timers",
                  "none ends the waiting of ticket " + ticket);
              return true;
            });
  }

  /** In the words of the oracle. */
  static String terms(Terms terms) {
    Lease lease = terms.lease();
    Offer offer = terms.offer();
    Conflict conflict = terms.conflict();
    return " lease="
        + (lease == null
            ? "0/0/0/0"
            : lease.durationMs()
                + "/"
                + lease.expiresAt()
                + "/"
                + lease.warnAt()
                + "/"
                + lease.lastUntil())
        + " tags="
        + new TreeMap<>(terms.tags())
        + " offer="
        + (offer == null ? "none" : offer.tenant() + "/" + offer.until())
        + " conflict="
        + (conflict == null ? 0 : conflict.until())
        + (terms.adopted() ? " adopted" : "");
  }
}
