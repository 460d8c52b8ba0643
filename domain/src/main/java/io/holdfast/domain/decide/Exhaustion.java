package io.holdfast.domain.decide;

import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TenantReusableKey;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** Refusals of requests for which there is no address, with what an operator needs to know. */
final class Exhaustion {
  private Exhaustion() {}

  /** The figures are those before the command: what it would have got is not taken. */
  static Refusal of(Draft draft, EipRequest request, List<String> pools, int missing) {
    State state = draft.state();
    Refusal refusal =
        Refusal.of(
            RefusalCode.PoolExhausted,
            (request.contiguous() ? "no adjacent free addresses in " : "no free address in ")
                + String.join(", ", pools)
                + " ("
                + missing
                + " more needed)");
    long earliest = Long.MAX_VALUE;
    for (String name : pools) {
      BigInteger size = PoolDecisions.pool(state, name).allocatable().size();
      PoolUse use = PoolDecisions.use(state, name);
      refusal =
          refusal
              .with(name + ".size", size)
              .with(name + ".free", use.free(size))
              .with(name + ".allocated", use.allocated())
              .with(name + ".releasing", use.releasing())
              .with(name + ".coolingDown", use.coolingDown())
              .with(name + ".quarantined", use.quarantined())
              .with(name + ".reserved", use.reserved())
              .with(name + ".retained", use.retained());
      if (WaitDecisions.isPromised(state, name, Allocation.NO_TICKET)) {
        refusal = refusal.with(name + ".promised", "to those who wait already");
      }
      earliest = Math.min(earliest, earliest(draft, name, request.owner().tenant()));
    }
    return earliest == Long.MAX_VALUE
        ? refusal
        : refusal.with("nextFreeAt", Instant.ofEpochMilli(earliest));
  }

  private static long earliest(Draft draft, String pool, String tenant) {
    State state = draft.state();
    ReusableKey next =
        state.reusable().firstKey(ReusableKey.after(pool, draft.now()), ReusableKey.last(pool));
    TenantReusableKey ours =
        state
            .tenantReusable()
            .firstKey(
                TenantReusableKey.after(pool, tenant, draft.now()),
                TenantReusableKey.after(pool, tenant, Long.MAX_VALUE - 1));
    return Math.min(
        next == null ? Long.MAX_VALUE : next.freeAt(),
        ours == null ? Long.MAX_VALUE : ours.freeAt());
  }

  static Refusal noPool(EipRequest request, IpFamily family, Selection selection) {
    Refusal refusal =
        Refusal.of(
            RefusalCode.NoMatchingPool,
            "no "
                + family
                + " pool among "
                + (request.pools().isEmpty() ? "those of this network" : request.pools())
                + (request.labels().isEmpty() ? "" : " with labels " + request.labels()));
    for (var skipped : selection.skipped()) {
      refusal = refusal.with(skipped.what(), skipped.because());
    }
    return refusal;
  }

  static Refusal outOfRange(IpAddress ip, EipRequest request) {
    return Refusal.of(
        RefusalCode.OutOfRange,
        ip
            + " is not offered by "
            + (request.pools().isEmpty() ? "any pool of this network" : "pools " + request.pools())
            + (request.labels().isEmpty() ? "" : " with labels " + request.labels()));
  }

  static Refusal promised(String pool) {
    return Refusal.of(
        RefusalCode.PoolExhausted,
        "the free addresses of " + pool + " are promised to those who wait for them");
  }
}
