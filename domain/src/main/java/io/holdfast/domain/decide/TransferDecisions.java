package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Offer;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** TransferEip, AcceptTransfer, CancelTransfer: an EIP goes to another tenant, if both agree. */
final class TransferDecisions {
  private static final long LEAST_MS = 1_000;
  private static final long MOST_MS = 30L * 24 * 3600 * 1000;

  private TransferDecisions() {}

  static Verdict offer(Draft draft, Command.TransferEip c) {
    Refusal refusal =
        Check.first(
            Check.required("toTenant", c.toTenant()),
            Check.range("validMs", c.validMs(), LEAST_MS, MOST_MS),
            AttachDecisions.checkHeldBy(draft.state(), c.ip(), c.tenure(), c.owner()));
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    Tenancy tenancy = ReleaseDecisions.tenancy(draft.state(), c.ip());
    if (c.toTenant().equals(tenancy.owner().tenant())) {
      return Verdict.refused(
          Refusal.invalid("toTenant", c.toTenant(), "a tenant other than that of its owner"));
    }
    Refusal inUse = inUse(draft.state(), c.ip());
    if (inUse != null) {
      return Verdict.refused(inUse);
    }
    long until = draft.now() + c.validMs();
    Offer offer = tenancy.terms().offer();
    if (offer == null
        || !offer.tenant().equals(c.toTenant())
        || LeaseDecisions.isNoticeable(offer.until(), until, c.validMs())) {
      draft.emit(new Event.TransferOffered(c.ip(), tenancy.tenure(), c.toTenant(), until));
    }
    return Verdict.DONE;
  }

  static Verdict accept(Draft draft, Command.AcceptTransfer c) {
    State state = draft.state();
    Refusal malformed = Check.owner("owner", c.owner());
    if (malformed != null) {
      return Verdict.refused(malformed);
    }
    Address address = state.addresses().get(c.ip());
    Tenancy tenancy = address == null ? null : address.tenancy();
    Refusal refusal = AttachDecisions.checkHeld(state, c.ip(), c.tenure());
    if (refusal != null || address == null || tenancy == null) {
      return refusal == null ? Verdict.DONE : Verdict.refused(refusal);
    }
    if (tenancy.owner().equals(c.owner())) {
      return Verdict.done(List.of(new Grant(c.ip(), address.tenure(), address.pool())));
    }
    Refusal unfit =
        Check.first(
            notOffered(draft, c, tenancy.terms().offer()),
            inUse(state, c.ip()),
            QuotaDecisions.check(state, c.owner().tenant(), 1));
    if (unfit != null) {
      return Verdict.refused(unfit);
    }
    long tenure = draft.nextSequence();
    draft.emit(
        new Event.EipTransferred(
            c.ip(), tenure, address.pool(), c.owner(), tenancy.tenure(), tenancy.owner()));
    draft.relieved(tenancy.owner().tenant());
    QuotaDecisions.charged(draft, c.owner().tenant());
    WaitDecisions.gained(draft, c.owner());
    return Verdict.done(List.of(new Grant(c.ip(), tenure, address.pool())));
  }

  static Verdict cancel(Draft draft, Command.CancelTransfer c) {
    Refusal refusal = AttachDecisions.checkHeldBy(draft.state(), c.ip(), c.tenure(), c.owner());
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    Tenancy tenancy = ReleaseDecisions.tenancy(draft.state(), c.ip());
    if (tenancy.terms().offer() != null) {
      draft.emit(new Event.TransferCancelled(c.ip(), tenancy.tenure()));
    }
    return Verdict.DONE;
  }

  private static @Nullable Refusal notOffered(
      Draft draft, Command.AcceptTransfer c, @Nullable Offer offer) {
    String tenant = c.owner().tenant();
    if (offer == null || !offer.tenant().equals(tenant)) {
      return Refusal.of(RefusalCode.NotOwner, c.ip() + " is not offered to tenant " + tenant);
    }
    return offer.until() > draft.now()
        ? null
        : Refusal.of(
            RefusalCode.NotOwner,
            c.ip()
                + " was offered to tenant "
                + tenant
                + " until "
                + Instant.ofEpochMilli(offer.until())
                + "; it must be offered again");
  }

  /** What was the old holder's must be surely gone before it is another's. */
  private static @Nullable Refusal inUse(State state, IpAddress ip) {
    Address address = ReleaseDecisions.address(state, ip);
    Tenancy tenancy = ReleaseDecisions.tenancy(state, ip);
    if (tenancy.gateway() != null) {
      return Refusal.of(
              RefusalCode.InUse, ip + " is on gateway " + tenancy.gateway() + "; detach it first")
          .with("gateway", tenancy.gateway());
    }
    if (tenancy.liveRules() > 0) {
      return Refusal.of(
              RefusalCode.InUse,
              ip + " has " + tenancy.liveRules() + " live rules; remove them first")
          .with("liveRules", tenancy.liveRules());
    }
    if (!address.carriages().isEmpty()) {
      String gateway = address.carriages().getFirst().gateway();
      return Refusal.of(
              RefusalCode.InUse, "gateway " + gateway + " may still carry " + ip + "; try again")
          .with("gateway", gateway);
    }
    String carrier = DriftDecisions.seenUnasked(state, ip);
    if (carrier != null) {
      return Refusal.of(
              RefusalCode.InUse,
              "gateway " + carrier + " was seen with " + ip + " although it is not to carry it")
          .with("gateway", carrier);
    }
    return address.rulesLeft() == 0
        ? null
        : Refusal.of(RefusalCode.InUse, "rules of " + ip + " are not seen gone yet; try again")
            .with("rulesLeft", address.rulesLeft());
  }
}
