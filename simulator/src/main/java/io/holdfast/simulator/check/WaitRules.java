package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.command.BundleItem;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Choice;
import io.holdfast.domain.event.Choice.Why;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.simulator.check.Facts.WaitFact;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Who is given addresses: those who asked, the oldest of those who wait first, within quotas. */
final class WaitRules {
  private final Facts facts;

  WaitRules(Facts facts) {
    this.facts = facts;
  }

  /** Before the allocation is entered into the facts. */
  static void allocated(Facts facts, Stimulus stimulus, Event.EipAllocated e) {
    Predicate<EipRequest> fits =
        r ->
            r.owner().equals(e.owner())
                && facts.wants(r, e.pool())
                && r.tags().equals(e.tags())
                && LeaseRules.gives(facts, r.leaseMs(), e.pool(), e.leaseMs())
                && (r.ip() == null || r.ip().equals(e.ip()));
    long ticket = Long.MAX_VALUE;
    boolean wished = stimulus instanceof Stimulus.Asked asked && asks(asked.command(), fits);
    for (Map.Entry<Long, WaitFact> waiter : facts.waiters.entrySet()) {
      if (!wished && fits.test(waiter.getValue().request())) {
        ticket = Math.min(ticket, waiter.getKey());
      }
    }
    unless(wished || ticket != Long.MAX_VALUE, "allocation", e, stimulus);
    boolean lives = wished || e.node() == null || facts.node(e.node().node()).up;
    unless(lives, "bindings", e, "it waited with a node that is off");
    Choice choice = e.choice();
    boolean isEarly = choice != null && choice.why() == Why.SAME_TENANT;
    String charged = isEarly ? e.owner().tenant() : "";
    unless(!facts.isPromised(e.pool(), ticket, charged), "11 the oldest first", e, facts.waiters);
    unless(facts.mayHave(e.owner().tenant(), 1), "quotas", e, facts.quotas);
  }

  /** Whether a command asks for what fits. */
  static boolean asks(Command command, Predicate<EipRequest> fits) {
    return switch (command) {
      case Command.AllocateEip c -> fits.test(c.request());
      case Command.AllocateBundle c -> c.items().stream().map(BundleItem::request).anyMatch(fits);
      default -> false;
    };
  }

  void quotaSet(Stimulus stimulus, Event.QuotaSet e) {
    boolean asked =
        stimulus instanceof Stimulus.Asked a
            && a.command() instanceof Command.SetQuota c
            && c.tenant().equals(e.tenant());
    unless(asked, "quotas", e, stimulus);
    if (e.limit() == null) {
      facts.quotas.remove(e.tenant());
    } else {
      facts.quotas.put(e.tenant(), e.limit());
    }
  }

  void queued(Stimulus stimulus, EventHeader header, Event.AllocationQueued e) {
    boolean asked =
        stimulus instanceof Stimulus.Asked a
            && a.command() instanceof Command.AllocateEip c
            && c.request().equals(e.request())
            && e.deadline() == header.time() + c.waitMs()
            && a.meta().id().equals(e.commandId());
    unless(asked, "11 waiting", e, stimulus);
    for (WaitFact waiter : facts.waiters.values()) {
      unless(!waiter.request().owner().equals(e.request().owner()), "6 idempotency", e, waiter);
    }
    facts.waiters.put(header.sequence(), new WaitFact(e.request(), e.deadline()));
  }

  void dequeued(Stimulus stimulus, EventHeader header, Event.AllocationDequeued e) {
    WaitFact waiter = Violation.need(facts.waiters.remove(e.ticket()), "11 waiting", e);
    boolean justified =
        switch (e.cause()) {
          case GRANTED -> has(waiter.request());
          case CANCELLED ->
              stimulus instanceof Stimulus.Asked a
                  && a.command() instanceof Command.CancelAllocation c
                  && c.owner().equals(e.owner());
          case EXPIRED -> header.time() >= waiter.deadline();
          case REFUSED -> true;
          case UNKNOWN -> false;
        };
    unless(justified && e.owner().equals(waiter.request().owner()), "11 waiting", e, waiter);
  }

  /** Whether its owner holds what it waited for. */
  private boolean has(EipRequest request) {
    int held = 0;
    for (var ip : facts.held.getOrDefault(request.owner(), List.of())) {
      held += facts.wants(request, facts.eip(ip).pool) ? 1 : 0;
    }
    return held >= request.count() * request.families().size();
  }

  /** Who waited until its deadline waits no longer, and the first waits for a reason. */
  void looked(long time) {
    facts.waiters.forEach((ticket, waiter) ->
        unless(waiter.deadline() > time, "progress", waiter, "its deadline has passed"));
    for (WaitFact first : facts.waiters.values()) {
      String tenant = first.request().owner().tenant();
      boolean passedOver =
          facts.isOff(first)
              || !first.holdsUp()
              || !facts.mayHave(tenant, facts.missing(first.request()));
      if (!passedOver) {
        unless(!couldHave(first.request()), "progress", first, "there is enough");
        return;
      }
    }
  }

  private boolean couldHave(EipRequest request) {
    int wanted = request.count() * request.families().size();
    if (!facts.mayHave(request.owner().tenant(), wanted)) {
      return false;
    }
    for (IpFamily family : request.families()) {
      int[] free = {0};
      facts.pools.forEach((name, pool) -> {
        if (pool.plan.family() == family && facts.wants(request, name)) {
          free[0] += facts.free(pool);
        }
      });
      if (free[0] < request.count()) {
        return false;
      }
    }
    return true;
  }
}
