package io.holdfast.projector.replay;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Former;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Lease;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.State;
import io.holdfast.wire.EventMeta;
import org.jspecify.annotations.Nullable;

/**
 * What always holds, asked of an event and the state before it; the numbers are those of the list
 * in docs/audit.md. Cheap: a few look-ups an event.
 */
final class Invariants {
  private final State state;

  Invariants(State state) {
    this.state = state;
  }

  /** What the event breaks; null if nothing. */
  @Nullable String before(EventMeta meta, Event event) {
    return switch (event) {
      case Event.EipAllocated e -> allocated(meta, e);
      case Event.EipRestored e -> restored(meta, e);
      case Event.EipAdopted e -> adopted(meta, e);
      case Event.EipTransferred e -> held(e.ip(), e.from());
      case Event.LeaseSet e -> held(e.ip(), e.tenure());
      case Event.EipTagged e -> held(e.ip(), e.tenure());
      case Event.EipReleaseRequested e -> released(meta, e);
      case Event.EipCooldownStarted e -> rests(e);
      case Event.EipFreed e -> freed(meta, e);
      case Event.EipProgrammed e ->
          seen(e.ip(), e.tenure(), "", e.gateway(), e.epoch(), e.revision());
      case Event.RuleProgrammed e ->
          seen(e.ip(), e.tenure(), e.rule(), e.gateway(), e.epoch(), e.revision());
      case Event.FipBound e -> held(e.ip(), e.tenure());
      case Event.DnatAdded e -> held(e.ip(), e.tenure());
      case Event.SnatAdded e -> held(e.ip(), e.tenure());
      case Event.EipAttached e -> held(e.ip(), e.tenure());
      case Event.EipRebound e -> held(e.ip(), e.tenure());
      case Event.GatewayPlaced e -> placed(e);
      case Event.GatewayRescheduled e -> moved(e);
      default -> null;
    };
  }

  private @Nullable String allocated(EventMeta meta, Event.EipAllocated e) {
    Address address = state.addresses().get(e.ip());
    Pool pool = state.pools().get(e.pool());
    if (address != null && address.phase() != Phase.FREE) {
      return "1: " + e.ip() + " is given away while tenure " + address.tenure() + " is not over";
    }
    if (e.tenure() != meta.sequence()) {
      return "1: tenure " + e.tenure() + " is not the number of its event";
    }
    Former last = address == null ? null : address.former();
    if (address != null
        && meta.time() < address.freeAt()
        && (last == null || !last.owner().tenant().equals(e.owner().tenant()))) {
      return "3: " + e.ip() + " is given to another tenant before its time";
    }
    return pool == null || !pool.covers(e.ip())
        ? "9: " + e.ip() + " is not an address of pool " + e.pool() + " that may be handed out"
        : null;
  }

  private @Nullable String restored(EventMeta meta, Event.EipRestored e) {
    Address address = state.addresses().get(e.ip());
    Former former = address == null ? null : address.former();
    boolean onItsWay =
        address != null
            && address.tenure() == e.restores()
            && (address.phase() == Phase.RELEASING || address.phase() == Phase.COOLING_DOWN);
    if (!onItsWay) {
      return "1: "
          + e.ip()
          + " is given back after tenure "
          + e.restores()
          + ", which is not ending";
    }
    if (former == null || !former.owner().equals(e.owner())) {
      return "2: " + e.ip() + " is given back to " + e.owner() + ", who had not had it last";
    }
    return e.tenure() == meta.sequence()
        ? null
        : "1: tenure " + e.tenure() + " is not the number of its event";
  }

  private @Nullable String adopted(EventMeta meta, Event.EipAdopted e) {
    Address address = state.addresses().get(e.ip());
    if (address != null && (address.tenancy() != null || address.phase() == Phase.COOLING_DOWN)) {
      return "1: " + e.ip() + " is adopted while tenure " + address.tenure() + " is not over";
    }
    return e.tenure() == meta.sequence()
        ? null
        : "1: tenure " + e.tenure() + " is not the number of its event";
  }

  private @Nullable String released(EventMeta meta, Event.EipReleaseRequested e) {
    String broken = held(e.ip(), e.tenure());
    if (broken != null) {
      return broken;
    }
    Address address = state.addresses().get(e.ip());
    Tenancy tenancy = address == null ? null : address.tenancy();
    if (tenancy != null && tenancy.liveRules() > 0) {
      return "8: " + e.ip() + " is released with " + tenancy.liveRules() + " live rules";
    }
    if (e.cause() == ReleaseCause.LEASE_ENDED && !isOver(tenancy, meta.time())) {
      return "2: the lease of " + e.ip() + " ends before its time";
    }
    return e.cause() == ReleaseCause.FORCED && meta.reason().isBlank()
        ? "2: " + e.ip() + " is taken by force without a reason"
        : null;
  }

  private static boolean isOver(@Nullable Tenancy tenancy, long time) {
    Lease lease = tenancy == null ? null : tenancy.terms().lease();
    return lease != null && lease.expiresAt() <= time;
  }

  private @Nullable String rests(Event.EipCooldownStarted e) {
    Address address = state.addresses().get(e.ip());
    if (address == null) {
      return "3: " + e.ip() + " rests and was never in use";
    }
    if (address.tenancy() != null && address.tenancy().terms().adopted()) {
      return "12: " + e.ip() + " was in use before and is to be freed";
    }
    return !address.carriages().isEmpty() || address.rulesLeft() > 0
        ? "3: " + e.ip() + " rests while a gateway may still carry it or a rule of it"
        : null;
  }

  private @Nullable String freed(EventMeta meta, Event.EipFreed e) {
    Address address = state.addresses().get(e.ip());
    if (address == null || address.phase() != Phase.COOLING_DOWN) {
      return "3: " + e.ip() + " is freed and did not rest";
    }
    long earliest = address.tenantFreeAt() == 0 ? address.freeAt() : address.tenantFreeAt();
    return meta.time() < earliest ? "3: " + e.ip() + " is freed before its time" : null;
  }

  private @Nullable String seen(
      IpAddress ip, long tenure, String rule, String gateway, long epoch, long revision) {
    Address address = state.addresses().get(ip);
    Gateway on = state.gateways().get(gateway);
    if (address == null || address.tenure() != tenure) {
      return "5: " + ip + " is seen for tenure " + tenure + ", which it is not in";
    }
    if (on == null || on.epoch() != epoch) {
      return "5: a report of epoch " + epoch + " of gateway " + gateway + " counts";
    }
    Rule of = rule.isEmpty() ? null : state.rules().get(new RuleKey(ip, rule));
    Carriage carriage = rule.isEmpty() ? address.on(gateway) : of == null ? null : of.carriage();
    return carriage == null || carriage.revision() != revision
        ? "5: a report of revision " + revision + " of " + ip + " " + rule + " counts"
        : null;
  }

  private @Nullable String held(IpAddress ip, long tenure) {
    Address address = state.addresses().get(ip);
    return address == null || !address.isHeldBy(tenure)
        ? "1: " + ip + " is not held by tenure " + tenure
        : null;
  }

  private @Nullable String placed(Event.GatewayPlaced e) {
    Gateway gateway = state.gateways().get(e.gateway());
    return gateway == null || e.epoch() <= gateway.epoch() || gateway.node() != null
        ? "gateway " + e.gateway() + " is placed as epoch " + e.epoch() + " out of turn"
        : null;
  }

  private @Nullable String moved(Event.GatewayRescheduled e) {
    Gateway gateway = state.gateways().get(e.gateway());
    return gateway == null || e.epoch() <= gateway.epoch() || !gateway.isOn(e.fromNode())
        ? "gateway " + e.gateway() + " moves to epoch " + e.epoch() + " out of turn"
        : null;
  }

  /** What the state as a whole breaks; null if nothing. */
  @Nullable String whole() {
    return Census.check(state);
  }
}
