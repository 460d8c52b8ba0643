package io.holdfast.domain.oracle;

import static io.holdfast.domain.oracle.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.ImportLine;
import io.holdfast.domain.command.OnExhausted;
import io.holdfast.domain.event.Choice;
import io.holdfast.domain.event.Choice.Why;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.oracle.Facts.Stage;
import io.holdfast.domain.oracle.Facts.WaitFact;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rule 11: the oldest waiter is served first, nobody overtakes, and quotas hold. */
final class WaitOracle {
  private final Facts facts;

  WaitOracle(Facts facts) {
    this.facts = facts;
  }

  void quotaSet(Stimulus stimulus, Event.QuotaSet e) {
    boolean said =
        stimulus instanceof Stimulus.Asked asked
            && asked.command() instanceof Command.SetQuota c
            && c.tenant().equals(e.tenant())
            && Objects.equals(c.limit(), e.limit());
    unless(said, "quotas", e + " after " + stimulus);
    unless(!Objects.equals(facts.quotas.get(e.tenant()), e.limit()), "quotas", e + " is so");
    if (e.limit() == null) {
      facts.quotas.remove(e.tenant());
    } else {
      facts.quotas.put(e.tenant(), e.limit());
    }
  }

  void queued(Stimulus stimulus, EventHeader header, Event.AllocationQueued e) {
    boolean said =
        stimulus instanceof Stimulus.Asked asked
            && asked.command() instanceof Command.AllocateEip c
            && c.onExhausted() == OnExhausted.WAIT
            && c.request().equals(e.request())
            && asked.meta().id().equals(e.commandId())
            && e.deadline() == header.time() + c.waitMs();
    unless(said, "11 waiting", e + " after " + stimulus);
    unless(ticket(e.request().owner()) == null, "11 waiting", e + " waits already");
    facts.waiters.put(header.sequence(), new WaitFact(e.request(), e.deadline()));
  }

  void dequeued(Stimulus stimulus, EventHeader header, Event.AllocationDequeued e) {
    WaitFact waiter = Facts.need(facts.waiters, e.ticket(), "11 waiting");
    unless(waiter.request().owner().equals(e.owner()), "11 waiting", e + " of another");
    switch (e.cause()) {
      case GRANTED -> unless(hasAll(waiter.request()), "11 waiting", e + " but it lacks some");
      case EXPIRED -> unless(header.time() >= waiter.deadline(), "11 waiting", e + " too early");
      case CANCELLED ->
          unless(
              stimulus instanceof Stimulus.Asked asked
                  && asked.command() instanceof Command.CancelAllocation c
                  && c.owner().equals(e.owner()),
              "11 waiting",
              e + " after " + stimulus);
      case REFUSED -> unless(!hasAll(waiter.request()), "11 waiting", e + " but it has all");
      case UNKNOWN -> unless(false, "11 waiting", e.toString());
    }
    facts.waiters.remove(e.ticket());
  }

  /** An address was given: to whom it was due, and within its tenant's quota. */
  void allocated(Stimulus stimulus, Event.EipAllocated e) {
    Long waits = ticket(e.owner());
    boolean isAsked = asked(stimulus, e.owner());
    unless(isAsked || waits != null, "allocation", e + " without a wish");
    long ticket = isAsked || waits == null ? Long.MAX_VALUE : waits;
    Choice choice = e.choice();
    boolean isEarly = choice != null && choice.why() == Why.SAME_TENANT;
    String charged = isEarly ? e.owner().tenant() : "";
    unless(
        !facts.isPromised(e.pool(), ticket, charged),
        "11 waiting",
        e + " overtakes one of " + facts.waiters);
    facts.waiters.forEach((number, waiter) ->
        unless(
            number >= ticket
                || !e.ip().equals(waiter.request().ip())
                || !facts.canHave(waiter.request()),
            "11 waiting",
            e + " is what ticket " + number + " waits for"));
    Long limit = facts.quotas.get(e.owner().tenant());
    unless(
        limit == null || facts.used(e.owner().tenant()) <= limit,
        "quotas",
        e + " is over the limit of " + limit);
  }

  private static boolean asked(Stimulus stimulus, Owner owner) {
    return stimulus instanceof Stimulus.Asked asked
        && switch (asked.command()) {
          case Command.AllocateEip c -> c.owner().equals(owner);
          case Command.AllocateBundle c ->
              c.items().stream().anyMatch(i -> i.request().owner().equals(owner));
          case Command.ImportNetwork c ->
              c.lines().stream()
                  .anyMatch(l -> l instanceof ImportLine.EipLine e && e.owner().equals(owner));
          default -> false;
        };
  }

  private @Nullable Long ticket(Owner owner) {
    return facts.waiters.entrySet().stream()
        .filter(w -> w.getValue().request().owner().equals(owner))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private boolean hasAll(EipRequest request) {
    List<IpFamily> families =
        switch (request.family()) {
          case V4 -> List.of(IpFamily.V4);
          case V6 -> List.of(IpFamily.V6);
          case DUAL -> List.of(IpFamily.values());
          case UNKNOWN -> List.of();
        };
    return families.stream()
        .allMatch(family ->
            facts.eips.entrySet().stream()
                    .filter(e -> e.getKey().family() == family)
                    .filter(e -> e.getValue().stage == Stage.HELD)
                    .filter(e -> request.owner().equals(e.getValue().owner))
                    .filter(e -> facts.isAbout(request, e.getValue().pool))
                    .filter(e -> request.ip() == null || request.ip().equals(e.getKey()))
                    .count()
                >= request.count());
  }
}
