package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import java.util.Set;
import java.util.TreeSet;

/** The timers of leases and probations, against what is still to come. */
final class TermTimers {
  private static final String RULE = "index";

  private final Facts facts;
  private final Set<String> warnings = new TreeSet<>();
  private final Set<String> ends = new TreeSet<>();
  private final Set<String> probations = new TreeSet<>();

  TermTimers(Facts facts) {
    this.facts = facts;
  }

  void found(TimerKey timer) {
    if (timer.kind() == TimerKind.LEASE_WARNING) {
      warnings.add(timer.due() + " " + timer.subject() + " " + timer.detail());
    } else if (timer.kind() == TimerKind.LEASE_END) {
      ends.add(timer.subject() + " " + timer.detail());
    } else if (timer.kind() == TimerKind.PROBATION) {
      probations.add(timer.due() + " " + timer.subject());
    }
  }

  void compare() {
    Set<String> toTell = new TreeSet<>();
    Set<String> watched = new TreeSet<>();
    facts.eips.forEach((ip, eip) -> {
      String tenure = ip + " " + eip.tenure;
      if (eip.phase == Phase.ALLOCATED && eip.terms.leaseUntil != 0) {
        unless(ends.contains(tenure), RULE, tenure, "no timer ends its lease");
        if (eip.terms.warnAt != 0) {
          toTell.add(eip.terms.warnAt + " " + tenure);
        }
      }
      long until = eip.phase == Phase.QUARANTINED ? eip.quarantineUntil : eip.terms.conflictUntil;
      if (until != 0 && until != Address.NEVER) {
        watched.add(until + " " + ip);
        boolean isThere = until <= facts.now || probations.contains(until + " " + ip);
        unless(isThere, RULE, ip, "no timer ends its probation");
      }
    });
    unless(warnings.equals(toTell), RULE, "warnings " + toTell, warnings);
    unless(watched.containsAll(probations), RULE, "probations " + watched, probations);
  }
}
