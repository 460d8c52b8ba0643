package io.holdfast.domain.decide;

import io.holdfast.domain.event.Choice;
import io.holdfast.domain.event.Choice.Why;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.Held;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.WaitingLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives an owner what it asks for, now, or says why not. */
final class Allocation {
  /** The place in the queue of who does not wait: after all who do. */
  static final long NO_TICKET = Long.MAX_VALUE;

  private final Draft draft;
  private final EipRequest request;
  private final long ticket;
  private final @Nullable NodeBinding binding;

  private Allocation(Draft draft, EipRequest request, long ticket, @Nullable NodeBinding binding) {
    this.draft = draft;
    this.request = request;
    this.ticket = ticket;
    this.binding = binding;
  }

  /**
   * Gives it. After a refusal the draft may hold a part of it: the caller takes that back.
   *
   * @param ticket of the request in the queue, or {@link #NO_TICKET}
   */
  static Verdict give(Draft draft, EipRequest request, long ticket) {
    State state = draft.state();
    Refusal gone =
        request.gateway() == null ? null : AttachDecisions.checkGateway(state, request.gateway());
    if (gone != null) {
      return Verdict.refused(gone);
    }
    Refusal unknown = NodeDecisions.checkKnown(state, request.node());
    if (unknown != null) {
      return Verdict.refused(unknown);
    }
    NodeBinding binding = NodeDecisions.binding(state, request.node());
    Allocation allocation = new Allocation(draft, request, ticket, binding);
    Verdict verdict =
        request.ip() != null ? allocation.exactly(request.ip()) : allocation.anywhere();
    if (binding != null && verdict instanceof Verdict.Done done) {
      HeldDecisions.rebind(draft, request.owner(), done.grants(), binding);
    }
    return verdict;
  }

  /** What an owner holds already is kept while it waits for more: it has just asked for it. */
  static void keep(Draft draft, EipRequest request) {
    List<Grant> held = new ArrayList<>();
    for (IpFamily family : request.ip() == null ? request.families() : List.<IpFamily>of()) {
      held.addAll(HeldDecisions.held(draft.state(), request, family));
    }
    LeaseDecisions.askedAgain(draft, held, request.leaseMs());
    NodeBinding binding = NodeDecisions.binding(draft.state(), request.node());
    if (binding != null) {
      HeldDecisions.rebind(draft, request.owner(), held, binding);
    }
  }

  private Verdict anywhere() {
    Refusal overQuota = overQuota();
    if (overQuota != null) {
      return Verdict.refused(overQuota);
    }
    List<Grant> grants = new ArrayList<>();
    for (IpFamily family : request.families()) {
      Selection selection = Selection.of(draft.state(), request, family);
      List<Grant> granted = HeldDecisions.held(draft.state(), request, family);
      int missing = request.count() - granted.size();
      if (missing > 0 && selection.pools().isEmpty()) {
        return Verdict.refused(Exhaustion.noPool(request, family, selection));
      }
      Refusal refusal = HeldDecisions.attachAll(draft, granted, request.gateway());
      if (refusal == null && request.contiguous()) {
        refusal = HeldDecisions.checkAdjacent(request, granted);
      }
      if (refusal != null) {
        return Verdict.refused(refusal);
      }
      renew(granted);
      missing -=
          request.contiguous()
              ? block(selection, granted, missing)
              : each(selection, granted, missing);
      if (missing > 0) {
        draft.rollBack();
        return Verdict.refused(Exhaustion.of(draft, request, selection.pools(), missing));
      }
      grants.addAll(granted.subList(0, request.count()));
    }
    return Verdict.done(grants);
  }

  /** Whether what is missing, of all families, is more than the tenant may have. */
  private @Nullable Refusal overQuota() {
    State state = draft.state();
    String tenant = request.owner().tenant();
    if (state.quotas().get(tenant) == null) {
      return null;
    }
    return QuotaDecisions.check(state, tenant, Held.missing(state, request));
  }

  /** One address after the other, each from the first pool that has one. Returns how many. */
  private int each(Selection selection, List<Grant> granted, int missing) {
    int left = missing;
    for (String pool : selection.pools()) {
      if (left == 0) {
        break;
      }
      if (WaitingLine.isPromised(draft.state(), pool, ticket)) {
        selection.skip(pool, "others wait for its addresses");
        continue;
      }
      while (left > 0) {
        Picker.Pick pick = Picker.next(draft, pool, request.owner());
        if (pick == null) {
          selection.skip(pool, "no address is free");
          break;
        }
        granted.add(grant(pick.ip(), pool, new Choice(pick.why(), selection.skipped())));
        left--;
      }
    }
    return missing - left;
  }

  /** All at once from one pool, adjacent. */
  private int block(Selection selection, List<Grant> granted, int missing) {
    for (String pool : missing == 0 ? List.<String>of() : selection.pools()) {
      if (!PoolDecisions.pool(draft.state(), pool).spec().policy().keepsRuns()) {
        selection.skip(pool, "its policy does not know which addresses are adjacent");
      } else if (WaitingLine.isPromised(draft.state(), pool, ticket)) {
        selection.skip(pool, "others wait for its addresses");
      } else {
        Picker.Pick first = Picker.block(draft, pool, missing);
        if (first != null) {
          Choice choice = new Choice(first.why(), selection.skipped());
          IpAddress ip = first.ip();
          for (int i = 0; i < missing; i++) {
            granted.add(grant(ip, pool, choice));
            ip = ip.next();
          }
          return missing;
        }
        selection.skip(pool, "no " + missing + " adjacent addresses are free");
      }
    }
    return 0;
  }

  private Verdict exactly(IpAddress ip) {
    State state = draft.state();
    Address address = state.addresses().get(ip);
    if (address != null && address.phase() == Phase.COOLING_DOWN && isOver(address)) {
      draft.free(ip, address);
      address = state.addresses().get(ip);
    }
    if (address != null && address.tenancy() != null && address.phase() == Phase.ALLOCATED) {
      if (!address.tenancy().owner().equals(request.owner())) {
        return Verdict.refused(
            Refusal.of(RefusalCode.AddressInUse, ip + " is held by " + address.tenancy().owner())
                .with("ip", ip));
      }
      List<Grant> held = List.of(new Grant(ip, address.tenure(), address.pool()));
      Refusal elsewhere = HeldDecisions.attachAll(draft, held, request.gateway());
      if (elsewhere != null) {
        return Verdict.refused(elsewhere);
      }
      renew(held);
      return Verdict.done(held);
    }
    for (String pool : Selection.of(state, request, ip.family()).pools()) {
      if (PoolDecisions.pool(state, pool).covers(ip)) {
        Refusal refusal =
            address == null || address.phase() == Phase.FREE
                ? null
                : Availability.taken(ip, address);
        if (refusal == null) {
          refusal = QuotaDecisions.check(state, request.owner().tenant(), 1);
        }
        if (refusal == null
            && (WaitingLine.isPromised(state, pool, ticket)
                || WaitingLine.isPromised(state, pool, ip, ticket))) {
          refusal = Exhaustion.promised(pool);
        }
        return refusal != null
            ? Verdict.refused(refusal.with("ip", ip))
            : Verdict.done(List.of(grant(ip, pool, Choice.of(Why.ASKED_FOR))));
      }
    }
    return Verdict.refused(Exhaustion.outOfRange(ip, request));
  }

  /** Who asks again renews what it holds; who is served from the queue asked long ago. */
  private void renew(List<Grant> held) {
    if (ticket == NO_TICKET) {
      LeaseDecisions.askedAgain(draft, held, request.leaseMs());
    }
  }

  /** Whether its rest is over for this owner. */
  private boolean isOver(Address address) {
    boolean isOurs =
        address.former() != null
            && address.tenantFreeAt() != 0
            && address.former().owner().tenant().equals(request.owner().tenant());
    return (isOurs ? address.tenantFreeAt() : address.freeAt()) <= draft.now();
  }

  private Grant grant(IpAddress ip, String pool, Choice choice) {
    long tenure = draft.nextSequence();
    long leaseMs =
        LeaseDecisions.duration(request.leaseMs(), PoolDecisions.pool(draft.state(), pool).spec());
    draft.emit(
        new Event.EipAllocated(
            ip,
            tenure,
            pool,
            request.owner(),
            binding,
            choice,
            leaseMs,
            LeaseDecisions.until(draft, leaseMs),
            request.tags()));
    QuotaDecisions.charged(draft, request.owner().tenant());
    if (request.gateway() != null) {
      AttachDecisions.put(draft, ip, request.gateway());
    }
    return new Grant(ip, tenure, pool);
  }
}
