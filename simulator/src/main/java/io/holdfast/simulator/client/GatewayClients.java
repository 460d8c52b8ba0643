package io.holdfast.simulator.client;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.Gateway;
import io.holdfast.simulator.plan.Dice;
import io.holdfast.simulator.setup.GatewayPlan;
import io.holdfast.simulator.setup.Setup;
import org.jspecify.annotations.Nullable;

/** Operators who define, move and retire gateways, and fence nodes that are switched off. */
final class GatewayClients {
  private GatewayClients() {}

  /** The first gateway that is not there, or not any more. */
  static @Nullable Wish define(Scene scene) {
    for (GatewayPlan plan : scene.setup().gateways()) {
      Gateway gateway = scene.state().gateways().get(plan.name());
      if (gateway == null || gateway.isRetired()) {
        return Wish.ask(
            new Command.DefineGateway(
                plan.name(),
                plan.candidates(),
                plan.failover(),
                plan.fenceAfterMs(),
                plan.probeThreshold(),
                plan.holdDownMs()));
      }
    }
    return null;
  }

  /** Other candidates, another way to fail over, a longer or shorter lease. */
  static Wish change(Scene scene) {
    Dice dice = scene.dice();
    GatewayPlan plan = dice.pick(scene.setup().gateways());
    return Wish.ask(
        new Command.DefineGateway(
            plan.name(),
            Setup.candidates(dice, scene.setup().nodes()),
            dice.percent(25) ? Failover.TAKEOVER : Failover.FENCE_FIRST,
            dice.pick(Setup.FENCE_AFTER),
            dice.between(1, 3),
            plan.holdDownMs()));
  }

  static Wish reschedule(Scene scene) {
    return Wish.ask(
        new Command.RescheduleGateway(
            scene.gateway(), scene.dice().percent(50) ? scene.node() : null));
  }

  static Wish retire(Scene scene) {
    return Wish.ask(new Command.RetireGateway(scene.gateway()));
  }

  /** An operator does not say so lightly: the node is off, and stays off until this is done. */
  static @Nullable Wish fence(Scene scene) {
    int node = scene.dice().below(scene.setup().nodes().size());
    return scene.fleet().machine(node).isOn()
        ? null
        : new Wish.Ask(
            new Command.FenceNode(scene.setup().nodes().get(node)), "it is switched off", false);
  }
}
