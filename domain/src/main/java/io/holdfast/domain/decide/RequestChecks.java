package io.holdfast.domain.decide;

import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.State;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether a request for addresses is well-formed. */
final class RequestChecks {
  /** Labels of a pool, tags of an EIP. */
  static final int MAX_LABELS = 64;

  /** Ten years. */
  static final long MAX_LEASE_MS = 10L * 366 * 24 * 3600 * 1000;

  private static final long MIN_LEASE_MS = 1_000;
  private static final int MAX_COUNT = 256;

  private RequestChecks() {}

  /**
   * @param at where the request stands in its command, for example {@code items[2].request.}, or
   *     empty
   */
  static @Nullable Refusal check(State state, String at, EipRequest r) {
    return Check.first(
        Check.owner(at + "owner", r.owner()),
        Check.range(at + "count", r.count(), 1, MAX_COUNT),
        family(at, r),
        r.leaseMs() == null ? null : lease(at + "leaseMs", r.leaseMs()),
        labels(at + "labels", r.labels()),
        labels(at + "tags", r.tags()),
        r.gateway() == null ? null : AttachDecisions.checkGateway(state, r.gateway()),
        pools(state, r));
  }

  /** A lease: 0 for none, or a time that leaves one to renew it. */
  static @Nullable Refusal lease(String field, long leaseMs) {
    return leaseMs == 0 ? null : Check.range(field, leaseMs, MIN_LEASE_MS, MAX_LEASE_MS);
  }

  static @Nullable Refusal labels(String field, Map<String, String> labels) {
    if (labels.size() > MAX_LABELS) {
      String kind = field.substring(field.lastIndexOf('.') + 1);
      return Refusal.invalid(field, labels.size() + " " + kind, "0 to " + MAX_LABELS + " of them");
    }
    for (var label : new TreeMap<>(labels).entrySet()) {
      Refusal refusal =
          Check.first(
              Check.name(field, label.getKey()),
              Check.text(field + "." + label.getKey(), label.getValue()));
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private static @Nullable Refusal family(String at, EipRequest r) {
    if (r.family() == FamilyChoice.UNKNOWN) {
      return Refusal.invalid(at + "family", r.family(), "V4, V6 or DUAL");
    }
    if (r.ip() == null) {
      return null;
    }
    if (r.count() != 1) {
      return Refusal.invalid(at + "count", r.count(), "1 when ip is given");
    }
    return r.families().equals(List.of(r.ip().family()))
        ? null
        : Refusal.invalid(at + "family", r.family(), r.ip().family() + " when ip is " + r.ip());
  }

  private static @Nullable Refusal pools(State state, EipRequest r) {
    for (String name : r.pools()) {
      if (state.pools().get(name) == null) {
        return Refusal.of(RefusalCode.PoolUnknown, "there is no pool " + name + " in this network");
      }
    }
    return null;
  }
}
