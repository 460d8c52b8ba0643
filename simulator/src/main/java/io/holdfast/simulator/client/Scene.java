package io.holdfast.simulator.client;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.State;
import io.holdfast.simulator.node.Fleet;
import io.holdfast.simulator.plan.Dice;
import io.holdfast.simulator.setup.PoolPlan;
import io.holdfast.simulator.setup.PoolShape;
import io.holdfast.simulator.setup.Setup;
import org.jspecify.annotations.Nullable;

/** What a client can look at before it acts, and how it chooses. */
public record Scene(Setup setup, State state, Fleet fleet, Dice dice) {

  Owner owner() {
    return dice.pick(setup.owners());
  }

  String gateway() {
    return dice.pick(setup.gateways()).name();
  }

  String node() {
    return dice.pick(setup.nodes());
  }

  PoolPlan pool() {
    return dice.pick(setup.pools());
  }

  /** Any address of any shape of a pool. */
  public IpAddress anyAddress() {
    PoolShape shape = dice.pick(pool().shapes());
    return dice.pick(shape.offered());
  }

  /** An address in this phase if chance finds one, else any. */
  public IpAddress address(Phase phase) {
    IpAddress ip = anyAddress();
    for (int tries = 0; tries < 12; tries++) {
      Address row = state.addresses().get(ip);
      if (row != null && row.phase() == phase) {
        return ip;
      }
      ip = anyAddress();
    }
    return ip;
  }

  /** An address that is offered to another tenant if chance finds one, else any. */
  IpAddress offered() {
    IpAddress ip = anyAddress();
    for (int tries = 0; tries < 40; tries++) {
      Address row = state.addresses().get(ip);
      if (row != null && row.tenancy() != null && row.tenancy().terms().offer() != null) {
        return ip;
      }
      ip = anyAddress();
    }
    return ip;
  }

  /** Mostly the present tenure, mostly not said at all, now and then an old one. */
  @Nullable Long tenure(IpAddress ip) {
    if (!dice.percent(30)) {
      return null;
    }
    long present = present(ip);
    return dice.percent(80) ? present : Math.max(1, present - dice.between(1, 400));
  }

  long present(IpAddress ip) {
    Address row = state.addresses().get(ip);
    return row == null ? 1 : row.tenure();
  }
}
