package io.holdfast.domain.decide;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.Holding;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.Held;
import io.holdfast.domain.state.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of addresses that an owner holds already when it asks again. */
final class HeldDecisions {
  private HeldDecisions() {}

  /**
   * What the owner already has of this family, at most as many as it asks for: first what is on the
   * gateway it names, then what is on none, then the rest.
   */
  static List<Grant> held(State state, EipRequest c, IpFamily family) {
    List<Grant> there = new ArrayList<>();
    List<Grant> nowhere = new ArrayList<>();
    List<Grant> elsewhere = new ArrayList<>();
    int most = c.gateway() == null ? c.count() : Integer.MAX_VALUE;
    for (IpAddress ip : Held.of(state, c, family, most)) {
      Address address = ReleaseDecisions.address(state, ip);
      String on = ReleaseDecisions.tenancy(state, ip).gateway();
      boolean fits = c.gateway() == null || c.gateway().equals(on);
      (fits ? there : on == null ? nowhere : elsewhere)
          .add(new Grant(ip, address.tenure(), address.pool()));
    }
    there.addAll(nowhere);
    there.addAll(elsewhere);
    return new ArrayList<>(there.subList(0, Math.min(c.count(), there.size())));
  }

  /** Who asks for adjacent addresses has none of them yet, or all. */
  static @Nullable Refusal checkAdjacent(EipRequest request, List<Grant> held) {
    boolean isWhole = held.size() == request.count();
    List<IpAddress> sorted = held.stream().map(Grant::ip).sorted().toList();
    for (int i = 1; isWhole && i < sorted.size(); i++) {
      isWhole = sorted.get(i - 1).next().equals(sorted.get(i));
    }
    return held.isEmpty() || isWhole
        ? null
        : Refusal.of(
                RefusalCode.InUse,
                "the owner holds "
                    + sorted.getFirst()
                    + " already, and no "
                    + request.count()
                    + " adjacent addresses; release it, or ask without contiguous")
            .with("ip", sorted.getFirst());
  }

  /**
   * Puts what the owner holds already on the gateway it names, if it is on none. It is not moved
   * from another one: that takes an AttachEip.
   */
  static @Nullable Refusal attachAll(Draft draft, List<Grant> held, @Nullable String gateway) {
    if (gateway == null) {
      return null;
    }
    for (Grant grant : held) {
      String on = ReleaseDecisions.tenancy(draft.state(), grant.ip()).gateway();
      if (on == null) {
        AttachDecisions.put(draft, grant.ip(), gateway);
      } else if (!on.equals(gateway)) {
        return Refusal.of(
                RefusalCode.InUse,
                "the owner holds "
                    + grant.ip()
                    + " on gateway "
                    + on
                    + ", not on "
                    + gateway
                    + "; move it with AttachEip, or ask without a gateway")
            .with("ip", grant.ip())
            .with("gateway", on);
      }
    }
    return null;
  }

  /**
   * The owner lives where it says: what it asked for is bound to that boot, and what it holds else
   * and was bound moves with it. An owner that names no node says nothing of where it lives.
   */
  static void rebind(Draft draft, Owner owner, List<Grant> asked, NodeBinding binding) {
    Holding holding = draft.state().owners().get(owner);
    if (holding == null) {
      return;
    }
    Set<IpAddress> granted = new HashSet<>();
    asked.forEach(grant -> granted.add(grant.ip()));
    for (IpAddress ip : holding.addresses()) {
      Tenancy tenancy = ReleaseDecisions.tenancy(draft.state(), ip);
      boolean moves = tenancy.node() != null || granted.contains(ip);
      if (moves && !binding.equals(tenancy.node())) {
        draft.emit(new Event.EipRebound(ip, tenancy.tenure(), binding));
      }
    }
  }
}
