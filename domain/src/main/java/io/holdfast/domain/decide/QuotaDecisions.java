package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Quota;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.State;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** SetQuota, and whether a tenant may have more. */
final class QuotaDecisions {
  private static final long MOST = 1_000_000_000_000L;

  private QuotaDecisions() {}

  static Verdict set(Draft draft, Command.SetQuota c) {
    Long limit = c.limit();
    Refusal refusal =
        Check.first(
            Check.required("tenant", c.tenant()),
            limit == null ? null : Check.range("limit", limit, 0, MOST));
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    Quota quota = draft.state().quotas().get(c.tenant());
    if (Objects.equals(limit, quota == null ? null : quota.limit())) {
      return Verdict.DONE;
    }
    draft.emit(new Event.QuotaSet(c.tenant(), limit));
    draft.relieved(c.tenant());
    return Verdict.DONE;
  }

  /** The tenant has, or lacks, one more: who of it waits may lack more than is left to it now. */
  static void charged(Draft draft, String tenant) {
    if (draft.state().quotas().get(tenant) != null) {
      draft.relieved(tenant);
    }
  }

  /** Null if the tenant may have so many more addresses. */
  static @Nullable Refusal check(State state, String tenant, int more) {
    Quota quota = more == 0 ? null : state.quotas().get(tenant);
    return quota == null || quota.allows(more)
        ? null
        : Refusal.of(
                RefusalCode.QuotaExceeded,
                "tenant "
                    + tenant
                    + " has "
                    + quota.used()
                    + " of "
                    + quota.limit()
                    + " addresses, allocated, releasing and cooling ones together ("
                    + more
                    + " more needed)")
            .with("tenant", tenant)
            .with("used", quota.used())
            .with("limit", quota.limit());
  }
}
