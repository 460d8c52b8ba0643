package io.holdfast.domain.decide;

import io.holdfast.domain.model.OwnerCheckPolicy;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.net.InvalidAddressException;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.net.IpRange;
import io.holdfast.domain.outcome.Refusal;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether the definition of a pool is well-formed. */
final class PoolChecks {
  private static final long MAX_COOLDOWN_MS = 30L * 24 * 3600 * 1000;
  private static final int MAX_PRIORITY = 1_000_000;
  private static final int MAX_RANGES = 10_000;

  /** Two IPv6 addresses in full, and what stands between them; zeros could go on for ever. */
  private static final int MAX_RANGE = 128;

  private PoolChecks() {}

  /** Everything but what the pool covers. */
  static @Nullable Refusal settings(PoolSpec spec) {
    return Check.first(
        Check.range("cooldownMs", spec.cooldownMs(), 0, MAX_COOLDOWN_MS),
        ownerCheck(spec.ownerCheck()),
        RequestChecks.labels("labels", spec.labels()),
        spec.policy() == PoolPolicy.UNKNOWN
            ? Refusal.invalid(
                "policy",
                spec.policy(),
                "LEAST_RECENTLY_USED, FIRST_FREE, RANDOM, STICKY or BEST_FIT")
            : null,
        spec.crossTenantCooldownMs() == 0
            ? null
            : Check.range(
                "crossTenantCooldownMs",
                spec.crossTenantCooldownMs(),
                spec.cooldownMs(),
                MAX_COOLDOWN_MS),
        Check.range("priority", spec.priority(), -MAX_PRIORITY, MAX_PRIORITY),
        RequestChecks.lease("leaseMs", spec.leaseMs()),
        Check.range("probationMs", spec.probationMs(), 0, MAX_COOLDOWN_MS));
  }

  private static @Nullable Refusal ownerCheck(OwnerCheckPolicy p) {
    return Check.first(
        Check.range("ownerCheck.confirmations", p.confirmations(), 1, 100),
        Check.range("ownerCheck.overMs", p.overMs(), 0, MAX_COOLDOWN_MS),
        Check.range("ownerCheck.retryMinMs", p.retryMinMs(), 1, MAX_COOLDOWN_MS),
        Check.range("ownerCheck.retryMaxMs", p.retryMaxMs(), p.retryMinMs(), MAX_COOLDOWN_MS));
  }

  /**
   * Every text is a range of the pool's family, ranges do not overlap each other, and something is
   * left over.
   */
  static @Nullable Refusal addresses(PoolSpec spec) {
    if (spec.ranges().isEmpty() || spec.ranges().size() > MAX_RANGES) {
      return Refusal.invalid(
          "ranges", spec.ranges().size() + " ranges", "1 to " + MAX_RANGES + " ranges");
    }
    if (spec.exclusions().size() > MAX_RANGES) {
      return Refusal.invalid(
          "exclusions",
          spec.exclusions().size() + " exclusions",
          "0 to " + MAX_RANGES + " of them");
    }
    if (spec.subnet() != null && spec.subnet().network().family() != spec.family()) {
      return Refusal.invalid(
          "subnet", spec.subnet(), "a prefix of the pool's family " + spec.family());
    }
    TreeMap<IpAddress, IpRange> seen = new TreeMap<>();
    for (int i = 0; i < spec.ranges().size(); i++) {
      String field = "ranges[" + i + "]";
      String text = spec.ranges().get(i);
      Refusal refusal = range(field, text, spec.family());
      if (refusal != null) {
        return refusal;
      }
      IpRange range = IpRange.parse(text);
      var below = seen.floorEntry(range.last());
      if (below != null && below.getValue().last().compareTo(range.first()) >= 0) {
        return Refusal.invalid(field, text, "a range that does not overlap " + below.getValue());
      }
      seen.put(range.first(), range);
      if (spec.subnet() != null
          && !(spec.subnet().contains(range.first()) && spec.subnet().contains(range.last()))) {
        return Refusal.invalid(field, text, "a range within the subnet " + spec.subnet());
      }
    }
    for (int i = 0; i < spec.exclusions().size(); i++) {
      Refusal refusal = range("exclusions[" + i + "]", spec.exclusions().get(i), spec.family());
      if (refusal != null) {
        return refusal;
      }
    }
    if (spec.gatewayAddress() != null && spec.gatewayAddress().family() != spec.family()) {
      return Refusal.invalid(
          "gatewayAddress",
          spec.gatewayAddress(),
          "an address of the pool's family " + spec.family());
    }
    return spec.allocatable().isEmpty()
        ? Refusal.invalid("ranges", spec.ranges(), "at least one address that is not excluded")
        : null;
  }

  private static @Nullable Refusal range(String field, String text, IpFamily family) {
    if (text.length() > MAX_RANGE) {
      return Check.length(field, text, MAX_RANGE);
    }
    try {
      return IpRange.parse(text).family() == family
          ? null
          : Refusal.invalid(field, text, "a range of the pool's family " + family);
    } catch (InvalidAddressException e) {
      return Refusal.invalid(field, text, e.allowed());
    }
  }
}
