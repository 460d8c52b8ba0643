package io.holdfast.domain.decide;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Fingerprint;
import io.holdfast.domain.model.OwnerCheckPolicy;
import io.holdfast.domain.model.OwnerDoubt;
import io.holdfast.domain.outcome.Excerpt;
import io.holdfast.domain.report.CheckResult;
import io.holdfast.domain.report.Report;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Owner checks. Not knowing is no evidence: only a healthy source that says ABSENT often enough,
 * over long enough, ends a tenure.
 */
final class OwnerCheckDecisions {
  private OwnerCheckDecisions() {}

  static Disposition checked(Draft draft, Report.OwnerCheck r) {
    Address address = draft.state().addresses().get(r.ip());
    if (address == null || !address.isHeldBy(r.tenure())) {
      return new Disposition.Late(
          "tenure " + r.tenure() + " of " + r.ip() + " is not its present one");
    }
    OwnerCheckPolicy policy = PoolDecisions.pool(draft.state(), address.pool()).spec().ownerCheck();
    OwnerDoubt doubt = ReleaseDecisions.tenancy(draft.state(), r.ip()).doubt();
    CheckResult result =
        r.result() == CheckResult.ABSENT && !r.sourceHealthy() ? CheckResult.UNKNOWN : r.result();
    switch (result) {
      case PRESENT -> {
        if (doubt != null) {
          draft.emit(new Event.OwnerPresent(r.ip(), r.tenure()));
        }
      }
      case UNKNOWN -> {
        if (doubt == null || doubt.absent() > 0 || draft.now() >= doubt.nextCheckAt()) {
          int attempt = doubt == null ? 1 : doubt.unknown() + 1;
          long next = draft.now() + backOff(policy, r, attempt);
          draft.emit(new Event.OwnerUnknown(r.ip(), r.tenure(), attempt, next, detail(r)));
        }
      }
      case ABSENT -> absent(draft, r, policy, doubt);
    }
    return Disposition.USED;
  }

  private static void absent(
      Draft draft, Report.OwnerCheck r, OwnerCheckPolicy policy, @Nullable OwnerDoubt doubt) {
    int count = 1;
    long first = draft.now();
    if (doubt != null && doubt.absent() > 0) {
      if (draft.now() < doubt.nextCheckAt()) {
        return;
      }
      count = doubt.absent() + 1;
      first = doubt.firstAbsentAt();
    }
    long apart = policy.overMs() / Math.max(1, policy.confirmations() - 1);
    draft.emit(
        new Event.OwnerAbsent(
            r.ip(), r.tenure(), count, policy.confirmations(), draft.now() + apart, detail(r)));
    if (count >= policy.confirmations() && draft.now() - first >= policy.overMs()) {
      ReleaseDecisions.endWithRules(
          draft,
          r.ip(),
          ReleaseCause.OWNER_ABSENT,
          "absent "
              + count
              + " times from "
              + Instant.ofEpochMilli(first)
              + " to "
              + Instant.ofEpochMilli(draft.now())
              + ": "
              + detail(r));
    }
  }

  /**
   * Doubles up to the limit; between half and all of it, so that checks of many owners spread out.
   */
  private static long backOff(OwnerCheckPolicy policy, Report.OwnerCheck r, int attempt) {
    // Doubled 32 times, one millisecond is longer than any limit that is allowed.
    long full =
        attempt > 32
            ? policy.retryMaxMs()
            : Math.min(policy.retryMaxMs(), policy.retryMinMs() << (attempt - 1));
    long dice = new Fingerprint("back-off").add(r.ip()).add(r.tenure()).add(attempt).value();
    return full / 2 + Math.floorMod(dice, Math.max(1, full - full / 2 + 1));
  }

  /** For people: cut rather than refused. */
  private static String detail(Report.OwnerCheck r) {
    return Excerpt.of(r.detail(), Excerpt.DETAIL);
  }
}
