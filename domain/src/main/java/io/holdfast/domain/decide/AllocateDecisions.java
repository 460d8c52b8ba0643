package io.holdfast.domain.decide;

import io.holdfast.domain.command.BundleItem;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.command.OnExhausted;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** AllocateEip and AllocateBundle. */
final class AllocateDecisions {
  private static final int MAX_ITEMS = 256;

  /** Of all items together: nobody else is served during a decision. */
  private static final int MAX_ADDRESSES = 1_024;

  private AllocateDecisions() {}

  static Verdict allocate(Draft draft, CommandMeta meta, Command.AllocateEip c) {
    EipRequest request = c.request();
    boolean waits = c.onExhausted() == OnExhausted.WAIT;
    Refusal refusal =
        Check.first(
            RequestChecks.check(draft.state(), "", request),
            c.onExhausted() == OnExhausted.UNKNOWN
                ? Refusal.invalid("onExhausted", c.onExhausted(), "REJECT or WAIT")
                : null,
            waits ? Check.range("waitMs", c.waitMs(), 1, WaitDecisions.MAX_WAIT_MS) : null);
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    Verdict waiting = WaitDecisions.again(draft, request);
    if (waiting != null) {
      return waiting;
    }
    Verdict verdict = Allocation.give(draft, request, Allocation.NO_TICKET);
    if (waits
        && verdict instanceof Verdict.Refused refused
        && (refused.refusal().code() == RefusalCode.PoolExhausted
            || WaitDecisions.isNotFree(refused.refusal().code()))) {
      draft.rollBack();
      return WaitDecisions.queue(draft, meta, request, c.waitMs(), refused.refusal());
    }
    return verdict;
  }

  static Verdict bundle(Draft draft, Command.AllocateBundle c) {
    int size = c.items().size();
    if (size < 1 || size > MAX_ITEMS) {
      return Verdict.refused(
          Refusal.invalid("items", size + " items", "1 to " + MAX_ITEMS + " of them"));
    }
    Refusal refusal = check(draft, c.items());
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String field = "items[" + i + "]";
      switch (give(draft, field, c.items().get(i))) {
        case Verdict.Done done -> grants.addAll(done.grants());
        case Verdict.Refused refused -> {
          return Verdict.refused(refused.refusal().in(field));
        }
      }
    }
    return Verdict.done(grants);
  }

  private static @Nullable Refusal check(Draft draft, List<BundleItem> items) {
    Set<Owner> owners = new HashSet<>();
    long addresses = 0;
    for (int i = 0; i < items.size(); i++) {
      String field = "items[" + i + "]";
      BundleItem item = items.get(i);
      EipRequest request = item.request();
      Refusal refusal =
          Check.first(
              RequestChecks.check(draft.state(), field + ".request.", request),
              owners.add(request.owner())
                  ? null
                  : Refusal.invalid(
                      field + ".request.owner",
                      request.owner(),
                      "an owner that no other item has; ask for several addresses with count"),
              item.rules().isEmpty()
                  ? null
                  : Check.range(field + ".request.count", request.count(), 1, 1));
      if (refusal != null) {
        return refusal.in(field);
      }
      addresses += (long) request.count() * request.families().size();
    }
    return addresses <= MAX_ADDRESSES
        ? null
        : Refusal.invalid("items", addresses + " addresses", "at most " + MAX_ADDRESSES);
  }

  private static Verdict give(Draft draft, String field, BundleItem item) {
    Refusal waits = WaitDecisions.waits(draft.state(), item.request().owner());
    if (waits != null) {
      return Verdict.refused(waits);
    }
    Verdict verdict = Allocation.give(draft, item.request(), Allocation.NO_TICKET);
    if (!(verdict instanceof Verdict.Done done)) {
      return verdict;
    }
    for (int i = 0; i < item.rules().size(); i++) {
      RuleSpec rule = item.rules().get(i);
      String at = field + ".rules[" + i + "]";
      Grant grant = ofFamily(done.grants(), rule.family());
      if (grant == null) {
        return Verdict.refused(
            Refusal.invalid(at, rule.id(), "a rule of a family that the item asks for"));
      }
      Refusal refusal = RuleDecisions.check(at + ".", grant.ip(), rule);
      Verdict added =
          refusal == null
              ? RuleDecisions.add(draft, grant.ip(), grant.tenure(), rule, false)
              : Verdict.refused(refusal);
      if (added instanceof Verdict.Refused) {
        return added;
      }
    }
    return verdict;
  }

  private static @Nullable Grant ofFamily(List<Grant> grants, IpFamily family) {
    for (Grant grant : grants) {
      if (grant.ip().family() == family) {
        return grant;
      }
    }
    return null;
  }
}
