package io.holdfast.domain.view;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Drift;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.Seen;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.view.DesiredState.DesiredAddress;
import io.holdfast.domain.view.DesiredState.DesiredRule;
import io.holdfast.domain.view.DesiredState.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects one desired state. */
final class DesiredItems {
  private final State state;
  private final String name;
  private final Gateway gateway;
  private final String node;
  private final boolean entitled;
  private final List<Long> epochs = new ArrayList<>();
  private final List<DesiredAddress> addresses = new ArrayList<>();
  private final List<DesiredRule> rules = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<Withdrawal> withdraw = new ArrayList<>();
  private final Map<IpAddress, Integer> given = new HashMap<>();
  private final Set<RuleKey> leaving = new HashSet<>();

  DesiredItems(State state, String name, Gateway gateway, String node) {
    this.state = state;
    this.name = name;
    this.gateway = gateway;
    this.node = node;
    this.entitled = gateway.isOn(node) && gateway.isActive();
    if (gateway.isOn(node)) {
      epochs.add(gateway.epoch());
    }
    for (GatewayInstance instance : gateway.unfenced()) {
      if (instance.node().equals(node)) {
        epochs.add(instance.epoch()); // the same kernel: what that instance left may be in it
      }
    }
  }

  DesiredState collect() {
    scan(CarriedKey.first(name, false), CarriedKey.last(name, false));
    scan(CarriedKey.first(name, true), CarriedKey.last(name, true));
    drifts(DriftKey.first(name), DriftKey.last(name));
    return collected();
  }

  /** The items of these addresses alone. */
  DesiredState collect(Set<IpAddress> some) {
    for (IpAddress ip : new TreeSet<>(some)) {
      scan(CarriedKey.first(name, false, ip), CarriedKey.last(name, false, ip));
      scan(CarriedKey.first(name, true, ip), CarriedKey.last(name, true, ip));
      drifts(DriftKey.first(name, ip), DriftKey.last(name, ip));
    }
    return collected();
  }

  private DesiredState collected() {
    String instance = gateway.instance();
    return new DesiredState(
        name,
        node,
        gateway.isOn(node) && instance != null ? instance : "",
        DesiredState.epoch(gateway, node),
        gateway.revision(),
        held(),
        addresses,
        rules,
        waiting,
        withdraw,
        // Never longer than the lease that is waited for: that is the longest one told.
        gateway.spec().fenceAfterMs());
  }

  private void scan(CarriedKey from, CarriedKey to) {
    state
        .carried()
        .scan(
            from,
            to,
            (key, mark) -> {
              Address address = state.addresses().get(key.ip());
              if (address != null && key.isAddress()) {
                address(key.ip(), address);
              } else if (address != null) {
                rule(new RuleKey(key.ip(), key.rule()), address);
              }
              return true;
            });
  }

  private void address(IpAddress ip, Address address) {
    Carriage carriage = address.on(name);
    if (carriage == null) {
      return;
    }
    if (carriage.wanted() && entitled) {
      Carriage other = Readiness.elsewhere(address, name);
      if (other != null) {
        waiting.add(
            new Waiting(
                ip,
                carriage.prefixLength(),
                address.tenure(),
                "held back until gateway " + other.gateway() + " is surely without it"));
        return;
      }
      given.put(ip, carriage.prefixLength());
      addresses.add(
          new DesiredAddress(ip, carriage.prefixLength(), address.tenure(), carriage.revision()));
    } else if (mayBeHere(carriage)) {
      leaving.add(new RuleKey(ip, Integer.toString(carriage.prefixLength())));
      withdraw.add(
          new Withdrawal(
              ip,
              carriage.prefixLength(),
              address.tenure(),
              "",
              carriage.wanted()
                  ? Withdrawal.Reason.Moved
                  : address.phase() == Phase.RELEASING
                      ? Withdrawal.Reason.Released
                      : Withdrawal.Reason.Detached));
    }
  }

  private void rule(RuleKey key, Address address) {
    Rule rule = state.rules().get(key);
    Carriage carriage = rule == null ? null : rule.carriage();
    if (rule == null || carriage == null) {
      return;
    }
    if (carriage.wanted() && entitled) {
      if (address.isDueOn(name)) {
        rules.add(new DesiredRule(key.ip(), rule.tenure(), rule.spec(), carriage.revision()));
      }
    } else if (mayBeHere(carriage)) {
      withdraw.add(
          new Withdrawal(
              key.ip(),
              0,
              rule.tenure(),
              key.rule(),
              carriage.wanted() ? Withdrawal.Reason.Moved : Withdrawal.Reason.RuleRemoved));
    }
  }

  /** What was seen there unasked, unless it is wanted there by now, exactly so. */
  private void drifts(DriftKey from, DriftKey to) {
    state
        .drifts()
        .scan(
            from,
            to,
            (key, drift) -> {
              Drift seen = drift;
              Integer wanted = given.get(key.ip());
              boolean isGiven = wanted != null && wanted == seen.prefixLength();
              RuleKey exact = new RuleKey(key.ip(), Integer.toString(seen.prefixLength()));
              if (!isGiven && !leaving.contains(exact) && key.node().equals(node)) {
                withdraw.add(
                    new Withdrawal(key.ip(), seen.prefixLength(), 0, "", Withdrawal.Reason.Drift));
              }
              return true;
            });
  }

  /**
   * Whether an instance on this node may carry the item. What is wanted may be on the current
   * instance in theory only, if that is held: it was never given anything, unless it was seen with
   * it.
   */
  private boolean mayBeHere(Carriage carriage) {
    Seen seen = carriage.seen();
    for (long epoch : epochs) {
      boolean given =
          !carriage.wanted()
              || epoch < gateway.epoch()
              || (seen != null && seen.epoch() == epoch && seen.present());
      if (given && carriage.mayBeOn(epoch)) {
        return true;
      }
    }
    return false;
  }

  private String held() {
    if (entitled) {
      return "";
    }
    if (gateway.isOn(node)) {
      return Readiness.waitsFor(gateway);
    }
    String now =
        gateway.node() == null
            ? "gateway " + name + (gateway.isRetired() ? " is retired" : " is being retired")
            : "gateway "
                + name
                + " runs on node "
                + gateway.node()
                + " (epoch "
                + gateway.epoch()
                + ")";
    return epochs.isEmpty()
        ? now + "; it has no instance on node " + node
        : now
            + "; epoch "
            + DesiredState.epoch(gateway, node)
            + " on node "
            + node
            + " is to hold nothing, and to be seen holding nothing";
  }
}
