package io.holdfast.simulator.client;

import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.CheckResult;
import io.holdfast.domain.report.Report;
import io.holdfast.simulator.node.Machine;
import io.holdfast.simulator.plan.Dice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those who look whether owners are alive and gateways answer. They are wrong at times. */
final class Checkers {
  private Checkers() {}

  static Wish ownerCheck(Scene scene) {
    Dice dice = scene.dice();
    IpAddress ip = scene.address(Phase.ALLOCATED);
    CheckResult result =
        dice.percent(50)
            ? CheckResult.ABSENT
            : dice.percent(50) ? CheckResult.PRESENT : CheckResult.UNKNOWN;
    long tenure = dice.percent(90) ? scene.present(ip) : Math.max(1, scene.present(ip) - 7);
    return new Wish.Tell(
        new Report.OwnerCheck(ip, tenure, result, dice.percent(80), "asked the inventory"));
  }

  static @Nullable Wish inventory(Scene scene) {
    Dice dice = scene.dice();
    Machine machine = scene.fleet().machine(dice.below(scene.setup().nodes().size()));
    if (!machine.works()) {
      return null;
    }
    List<Owner> alive = new ArrayList<>();
    for (Owner owner : scene.setup().owners()) {
      if (dice.percent(50)) {
        alive.add(owner);
      }
    }
    return new Wish.Tell(
        new Report.OwnerInventory(machine.name(), machine.bootId(), dice.percent(90), alive));
  }

  static @Nullable Wish probeGateway(Scene scene) {
    String name = scene.gateway();
    Gateway gateway = scene.state().gateways().get(name);
    if (gateway == null) {
      return null;
    }
    long epoch = scene.dice().percent(85) ? gateway.epoch() : gateway.epoch() - 1;
    return new Wish.Tell(
        new Report.ProbeResult(name, null, epoch, scene.dice().percent(40), "no answer"));
  }

  static Wish probeEip(Scene scene) {
    IpAddress ip = scene.address(Phase.ALLOCATED);
    long tenure = scene.dice().percent(85) ? scene.present(ip) : scene.present(ip) - 1;
    return new Wish.Tell(
        new Report.ProbeResult(null, ip, tenure, scene.dice().percent(40), "no answer"));
  }
}
