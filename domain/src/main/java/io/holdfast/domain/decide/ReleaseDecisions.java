package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Conflict;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.model.Terms;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.State;
import org.jspecify.annotations.Nullable;

/** ReleaseEip, ForceRelease, and the way from a release to a free address. */
final class ReleaseDecisions {
  private ReleaseDecisions() {}

  static Verdict release(Draft draft, Command.ReleaseEip c) {
    Address address = draft.state().addresses().get(c.ip());
    Verdict settled = checkHeld(c.ip(), address, c.tenure());
    if (settled != null) {
      return settled;
    }
    Tenancy tenancy = tenancy(draft.state(), c.ip());
    if (c.owner() != null && !c.owner().equals(tenancy.owner())) {
      return Verdict.refused(
          Refusal.of(
                  RefusalCode.NotOwner,
                  c.ip() + " is held by " + tenancy.owner() + ", not " + c.owner())
              .with("ip", c.ip()));
    }
    if (tenancy.liveRules() > 0) {
      return Verdict.refused(
          Refusal.of(
                  RefusalCode.InUse,
                  c.ip() + " has " + tenancy.liveRules() + " live rules; remove them first")
              .with("liveRules", tenancy.liveRules())
              .with("ip", c.ip()));
    }
    end(draft, c.ip(), ReleaseCause.REQUESTED, "");
    return Verdict.DONE;
  }

  static Verdict force(Draft draft, CommandMeta meta, Command.ForceRelease c) {
    if (meta.reason().isBlank()) {
      return Verdict.refused(
          Refusal.invalid("meta.reason", meta.reason(), "why the release is forced"));
    }
    Verdict settled = checkHeld(c.ip(), draft.state().addresses().get(c.ip()), c.tenure());
    if (settled != null) {
      return settled;
    }
    endWithRules(draft, c.ip(), ReleaseCause.FORCED, meta.reason());
    return Verdict.DONE;
  }

  /** Null if the tenure can be ended; else the answer: it is over already, or it is another one. */
  private static @Nullable Verdict checkHeld(
      IpAddress ip, @Nullable Address address, @Nullable Long tenure) {
    if (address == null || address.tenure() == 0) {
      return Verdict.refused(AttachDecisions.notAllocated(ip, ip + " is not allocated"));
    }
    if (tenure != null && tenure != address.tenure()) {
      return Verdict.refused(AttachDecisions.stale(ip, tenure, address.tenure()));
    }
    if (address.phase() == Phase.ALLOCATED) {
      return null;
    }
    boolean thisTenureIsOver = tenure != null;
    return thisTenureIsOver || address.phase() == Phase.RELEASING
        ? Verdict.DONE
        : Verdict.refused(AttachDecisions.notAllocated(ip, ip + " is not allocated"));
  }

  /** Ends a tenure whose owner is gone: its rules go with it. */
  static void endWithRules(Draft draft, IpAddress ip, ReleaseCause cause, String evidence) {
    RuleDecisions.removeAll(draft, ip);
    end(draft, ip, cause, evidence);
  }

  private static void end(Draft draft, IpAddress ip, ReleaseCause cause, String evidence) {
    Address address = address(draft.state(), ip);
    Tenancy tenancy = tenancy(draft.state(), ip);
    String gateway = tenancy.gateway();
    Carriage carriage = address.on(gateway);
    draft.emit(
        new Event.EipReleaseRequested(
            ip,
            address.tenure(),
            cause,
            gateway,
            carriage == null ? 0 : carriage.prefixLength(),
            carriage == null
                ? 0
                : GatewayDecisions.gateway(draft.state(), carriage.gateway()).epoch(),
            evidence,
            tenancy.owner()));
    QuotaDecisions.charged(draft, tenancy.owner().tenant());
    settle(draft, ip);
  }

  /** Nothing may carry the address any more, and no rule of it: it rests. */
  static void settle(Draft draft, IpAddress ip) {
    Address address = address(draft.state(), ip);
    if (address.phase() != Phase.RELEASING
        || !address.carriages().isEmpty()
        || address.rulesLeft() > 0) {
      return;
    }
    Terms terms = tenancy(draft.state(), ip).terms();
    String tenant = tenancy(draft.state(), ip).owner().tenant();
    if (terms.adopted()) {
      // It was never this service's to free.
      draft.emit(
          new Event.IpReserved(
              ip, address.pool(), "adopted: it was in use before this service knew of it"));
      draft.relieved(tenant);
      return;
    }
    Conflict conflict = terms.conflict();
    String carrier = DriftDecisions.seenUnasked(draft.state(), ip);
    if (conflict != null && conflict.until() > draft.now()) {
      draft.emit(
          new Event.IpQuarantined(
              ip, address.pool(), "answered for by " + conflict.by(), conflict.until()));
      draft.relieved(tenant);
    } else if (carrier != null) {
      draft.emit(new Event.IpQuarantined(ip, address.pool(), "seen on gateway " + carrier, 0));
      draft.relieved(tenant);
    } else {
      coolDown(draft, ip, address);
    }
  }

  static void coolDown(Draft draft, IpAddress ip, Address address) {
    PoolSpec spec = PoolDecisions.pool(draft.state(), address.pool()).spec();
    long rest = Math.max(spec.cooldownMs(), spec.crossTenantCooldownMs());
    boolean isTenantsFirst = rest > spec.cooldownMs() && address.former() != null;
    draft.emit(
        new Event.EipCooldownStarted(
            ip,
            address.tenure(),
            draft.now() + rest,
            isTenantsFirst ? draft.now() + spec.cooldownMs() : 0));
    if (address.phase() == Phase.QUARANTINED && address.former() != null) {
      QuotaDecisions.charged(draft, address.former().owner().tenant());
    }
    if (rest == 0) {
      draft.free(ip, address(draft.state(), ip));
    } else if (isTenantsFirst && spec.cooldownMs() == 0) {
      draft.opened(address.pool());
    }
  }

  static Address address(State state, IpAddress ip) {
    Address address = state.addresses().get(ip);
    if (address == null) {
      throw new IllegalStateException(ip + " has no record");
    }
    return address;
  }

  static Tenancy tenancy(State state, IpAddress ip) {
    Tenancy tenancy = address(state, ip).tenancy();
    if (tenancy == null) {
      throw new IllegalStateException(ip + " has no tenure");
    }
    return tenancy;
  }
}
