package io.holdfast.domain.decide;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.Evidence;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.Seen;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an observation of a gateway proves. It counts only for the epoch it was made in, and for an
 * item only if that item's revision had been applied before looking.
 */
final class ObservationDecisions {
  private ObservationDecisions() {}

  static Disposition observed(Draft draft, Report.Observation r) {
    Gateway gateway = draft.state().gateways().get(r.gateway());
    if (gateway == null) {
      return new Disposition.Late("there is no gateway " + r.gateway());
    }
    if (r.appliedRevision() > gateway.revision()) {
      return new Disposition.Invalid(
          "appliedRevision",
          Long.toString(r.appliedRevision()),
          "at most the gateway's revision " + gateway.revision());
    }
    if (r.epoch() == gateway.epoch() && gateway.isOn(r.node())) {
      fenceSeenEmpty(draft, gateway, r, gateway.isActive());
      current(draft, GatewayDecisions.gateway(draft.state(), r.gateway()), r, Inventory.of(r));
      return Disposition.USED;
    }
    GatewayInstance earlier = gateway.unfenced(r.epoch());
    if (earlier != null && earlier.node().equals(r.node())) {
      return earlier(draft, gateway, earlier, r);
    }
    return DriftDecisions.isFromOutside(gateway, r)
        ? DriftDecisions.outside(draft, r)
        : new Disposition.Late(
            "epoch "
                + r.epoch()
                + " on node "
                + r.node()
                + " is over; gateway "
                + r.gateway()
                + " is in epoch "
                + gateway.epoch()
                + " on node "
                + gateway.node());
  }

  /**
   * An earlier instance that was told to hold nothing and is seen to hold nothing is fenced. So are
   * those before it on the same node: they had the same kernel, and only the last one reports.
   */
  private static Disposition earlier(
      Draft draft, Gateway gateway, GatewayInstance instance, Report.Observation r) {
    if (r.appliedRevision() < instance.replacedAt() || !r.complete()) {
      return new Disposition.Late(
          "epoch " + r.epoch() + " had not applied yet that it is to hold nothing");
    }
    fenceSeenEmpty(draft, gateway, r, false);
    return Disposition.USED;
  }

  private static void fenceSeenEmpty(
      Draft draft, Gateway gateway, Report.Observation r, boolean entitled) {
    for (GatewayInstance earlier : gateway.unfenced()) {
      if (earlier.node().equals(r.node())
          && earlier.epoch() <= r.epoch()
          && r.complete()
          && r.appliedRevision() >= earlier.replacedAt()
          && !carriesOfOurs(draft.state(), r, entitled)) {
        GatewayDecisions.fence(draft, r.gateway(), earlier.epoch(), Evidence.OBSERVED);
      }
    }
  }

  /**
   * Whether the observation shows a rule, or an address that is or could be handed out.
   *
   * @param entitled true: what is wanted on the gateway does not count
   */
  private static boolean carriesOfOurs(State state, Report.Observation r, boolean entitled) {
    for (Report.SeenRule seen : r.rules()) {
      if (!entitled || !isWanted(state, r.gateway(), seen.ip(), seen.rule())) {
        return true;
      }
    }
    for (Report.SeenAddress seen : r.addresses()) {
      boolean ours =
          state.addresses().get(seen.ip()) != null
              || DriftDecisions.poolOf(state, seen.ip()) != null;
      if (ours && !(entitled && isWanted(state, r.gateway(), seen.ip(), ""))) {
        return true;
      }
    }
    return false;
  }

  static boolean isWanted(State state, String gateway, IpAddress ip, String rule) {
    return state.carried().get(new CarriedKey(gateway, true, ip, rule)) != null;
  }

  private static void current(
      Draft draft, Gateway gateway, Report.Observation r, Inventory inventory) {
    for (CarriedKey key : items(draft.state(), r, inventory, false)) {
      withdrawing(draft, gateway, r, inventory, key);
    }
    for (CarriedKey key : items(draft.state(), r, inventory, true)) {
      wanted(draft, gateway, r, inventory, key);
    }
    if (r.appliedRevision() == gateway.revision()) {
      for (Report.SeenAddress seen : r.addresses()) {
        DriftDecisions.unexpected(draft, r, seen);
      }
    }
    DriftDecisions.clearSeenGone(draft, r, inventory);
  }

  /** All items of the gateway, or, if the observation looked at some only, those. */
  private static List<CarriedKey> items(
      State state, Report.Observation r, Inventory inventory, boolean wanted) {
    List<CarriedKey> items = new ArrayList<>();
    if (r.complete()) {
      state
          .carried()
          .scan(
              CarriedKey.first(r.gateway(), wanted),
              CarriedKey.last(r.gateway(), wanted),
              (key, mark) -> items.add(key));
      return items;
    }
    for (RuleKey item : inventory.items()) {
      CarriedKey key = new CarriedKey(r.gateway(), wanted, item.ip(), item.rule());
      if (state.carried().get(key) != null) {
        items.add(key);
      }
    }
    return items;
  }

  private static void withdrawing(
      Draft draft, Gateway gateway, Report.Observation r, Inventory inventory, CarriedKey key) {
    Carriage carriage = carriage(draft.state(), key);
    if (carriage == null
        || r.appliedRevision() < carriage.revision()
        || !carriage.mayBeOn(r.epoch())
        || !inventory.lacks(key)) {
      return;
    }
    long tenure = ReleaseDecisions.address(draft.state(), key.ip()).tenure();
    boolean elsewhere = gateway.unfenced().stream().anyMatch(i -> carriage.mayBeOn(i.epoch()));
    if (elsewhere) {
      draft.emit(
          key.isAddress()
              ? new Event.EipCleared(key.ip(), tenure, r.gateway(), r.epoch(), r.number())
              : new Event.RuleCleared(
                  key.ip(), tenure, key.rule(), r.gateway(), r.epoch(), r.number()));
    } else {
      withdrawn(draft, key, tenure, Evidence.OBSERVED);
    }
  }

  /** The item is surely gone from the gateway. */
  static void withdrawn(Draft draft, CarriedKey key, long tenure, Evidence evidence) {
    draft.emit(
        key.isAddress()
            ? new Event.EipWithdrawn(key.ip(), tenure, key.gateway(), evidence)
            : new Event.RuleWithdrawn(key.ip(), tenure, key.rule(), evidence));
    ReleaseDecisions.settle(draft, key.ip());
  }

  private static void wanted(
      Draft draft, Gateway gateway, Report.Observation r, Inventory inventory, CarriedKey key) {
    Carriage carriage = carriage(draft.state(), key);
    if (carriage == null
        || r.appliedRevision() < carriage.revision()
        || !gateway.isActive()
        || !isDue(draft.state(), key)) {
      return;
    }
    Seen seen = carriage.seen();
    if (seen != null
        && seen.epoch() == r.epoch()
        && seen.revision() == carriage.revision()
        && r.number() <= seen.observation()) {
      return;
    }
    boolean was = carriage.readyAt(r.epoch());
    if (!was && inventory.shows(key, content(draft.state(), key, carriage))) {
      draft.emit(programmed(draft.state(), r, key, carriage.revision()));
    } else if (was && inventory.lacksContent(key, content(draft.state(), key, carriage))) {
      draft.emit(unprogrammed(draft.state(), r, key, carriage.revision()));
    }
  }

  /** While the address may still be on another gateway, this one is not given it, nor its rules. */
  private static boolean isDue(State state, CarriedKey key) {
    return ReleaseDecisions.address(state, key.ip()).isDueOn(key.gateway());
  }

  private static Event programmed(
      State state, Report.Observation r, CarriedKey key, long revision) {
    long tenure = ReleaseDecisions.address(state, key.ip()).tenure();
    return key.isAddress()
        ? new Event.EipProgrammed(key.ip(), tenure, r.gateway(), r.epoch(), revision, r.number())
        : new Event.RuleProgrammed(
            key.ip(), tenure, key.rule(), r.gateway(), r.epoch(), revision, r.number());
  }

  private static Event unprogrammed(
      State state, Report.Observation r, CarriedKey key, long revision) {
    long tenure = ReleaseDecisions.address(state, key.ip()).tenure();
    return key.isAddress()
        ? new Event.EipUnprogrammed(key.ip(), tenure, r.gateway(), r.epoch(), revision, r.number())
        : new Event.RuleUnprogrammed(
            key.ip(), tenure, key.rule(), r.gateway(), r.epoch(), revision, r.number());
  }

  /**
   * What the inventory must say of a wanted item: the prefix length of an address, the target of a
   * rule.
   */
  private static String content(State state, CarriedKey key, Carriage carriage) {
    if (key.isAddress()) {
      return Integer.toString(carriage.prefixLength());
    }
    Rule rule = state.rules().get(new RuleKey(key.ip(), key.rule()));
    return rule == null ? "" : rule.spec().target();
  }

  static @Nullable Carriage carriage(State state, CarriedKey key) {
    if (!key.isAddress()) {
      Rule rule = state.rules().get(new RuleKey(key.ip(), key.rule()));
      return rule == null ? null : rule.carriage();
    }
    Address address = state.addresses().get(key.ip());
    return address == null ? null : address.on(key.gateway());
  }
}
