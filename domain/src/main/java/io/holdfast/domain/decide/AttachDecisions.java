package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.State;
import org.jspecify.annotations.Nullable;

/** AttachEip, DetachEip. */
final class AttachDecisions {
  private AttachDecisions() {}

  static Verdict attach(Draft draft, Command.AttachEip c) {
    Refusal refusal =
        Check.first(
            checkHeld(draft.state(), c.ip(), c.tenure()), checkGateway(draft.state(), c.gateway()));
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    Tenancy tenancy = ReleaseDecisions.tenancy(draft.state(), c.ip());
    if (c.gateway().equals(tenancy.gateway())) {
      return Verdict.DONE;
    }
    if (tenancy.gateway() != null) {
      Verdict off = takeOff(draft, c.ip(), tenancy);
      if (off instanceof Verdict.Refused) {
        return off;
      }
    }
    put(draft, c.ip(), c.gateway());
    return Verdict.DONE;
  }

  static Verdict detach(Draft draft, Command.DetachEip c) {
    Refusal refusal = checkHeld(draft.state(), c.ip(), c.tenure());
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    return takeOff(draft, c.ip(), ReleaseDecisions.tenancy(draft.state(), c.ip()));
  }

  private static Verdict takeOff(Draft draft, IpAddress ip, Tenancy tenancy) {
    String gateway = tenancy.gateway();
    if (gateway == null) {
      return Verdict.DONE;
    }
    if (tenancy.liveRules() > 0) {
      return Verdict.refused(
          RefusalCode.InUse,
          ip
              + " has "
              + tenancy.liveRules()
              + " live rules on gateway "
              + gateway
              + "; remove them first");
    }
    Carriage carriage = ReleaseDecisions.address(draft.state(), ip).on(gateway);
    draft.emit(
        new Event.EipDetached(
            ip,
            tenancy.tenure(),
            gateway,
            carriage == null ? 0 : carriage.prefixLength(),
            GatewayDecisions.gateway(draft.state(), gateway).epoch()));
    return Verdict.DONE;
  }

  /** Puts a held EIP, which is on no gateway, on this one. */
  static void put(Draft draft, IpAddress ip, String gateway) {
    Address address = ReleaseDecisions.address(draft.state(), ip);
    Carriage leaving = address.on(gateway);
    int prefixLength =
        leaving != null
            ? leaving.prefixLength()
            : PoolDecisions.pool(draft.state(), address.pool()).spec().prefixLength(ip);
    long epoch = GatewayDecisions.gateway(draft.state(), gateway).epoch();
    draft.emit(new Event.EipAttached(ip, address.tenure(), gateway, prefixLength, epoch));
  }

  static @Nullable Refusal checkHeld(State state, IpAddress ip, @Nullable Long tenure) {
    Address address = state.addresses().get(ip);
    if (address == null || address.tenure() == 0) {
      return Refusal.of(RefusalCode.AddressNotAllocated, ip + " is not allocated");
    }
    if (tenure != null && tenure != address.tenure()) {
      return stale(ip, tenure, address.tenure());
    }
    return address.phase() == Phase.ALLOCATED
        ? null
        : Refusal.of(
            RefusalCode.AddressNotAllocated, ip + " is not allocated: it is " + address.phase());
  }

  /**
   * As {@link #checkHeld}, and it is this owner that holds it.
   *
   * @param owner null: whoever it is
   */
  static @Nullable Refusal checkHeldBy(
      State state, IpAddress ip, @Nullable Long tenure, @Nullable Owner owner) {
    Refusal refusal = checkHeld(state, ip, tenure);
    if (refusal != null || owner == null) {
      return refusal;
    }
    Owner holder = ReleaseDecisions.tenancy(state, ip).owner();
    return owner.equals(holder)
        ? null
        : Refusal.of(RefusalCode.NotOwner, ip + " is held by " + holder + ", not " + owner);
  }

  static Refusal stale(IpAddress ip, long asked, long present) {
    return Refusal.of(
            RefusalCode.StaleTenure,
            "tenure " + asked + " of " + ip + " is not its present one; that is " + present)
        .with("tenure", present);
  }

  static @Nullable Refusal checkGateway(State state, String name) {
    Gateway gateway = state.gateways().get(name);
    if (gateway == null || gateway.isRetired()) {
      return Refusal.of(
          RefusalCode.GatewayUnknown, "there is no gateway " + name + " in this network");
    }
    return gateway.retiring()
        ? Refusal.of(RefusalCode.GatewayRetiring, "gateway " + name + " is being retired")
        : null;
  }
}
