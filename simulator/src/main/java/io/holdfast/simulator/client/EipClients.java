package io.holdfast.simulator.client;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.FamilyChoice;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.simulator.plan.Dice;
import java.util.List;

/** Users who want addresses, and give them back. */
final class EipClients {
  private EipClients() {}

  static Wish allocate(Scene scene) {
    Dice dice = scene.dice();
    IpAddress ip = dice.percent(12) ? scene.anyAddress() : null;
    int count = ip == null && dice.percent(12) ? dice.between(2, 4) : 1;
    FamilyChoice family =
        ip != null
            ? ip.family() == IpFamily.V4 ? FamilyChoice.V4 : FamilyChoice.V6
            : dice.percent(65)
                ? FamilyChoice.V4
                : dice.percent(50) ? FamilyChoice.V6 : FamilyChoice.DUAL;
    List<String> pools = dice.percent(15) ? List.of(scene.pool().name()) : List.of();
    return new Wish.Ask(
        new Command.AllocateEip(
            pools,
            scene.owner(),
            ip,
            family,
            count,
            dice.percent(60) ? scene.gateway() : null,
            dice.percent(30) ? scene.node() : null),
        "",
        dice.percent(4));
  }

  static Wish release(Scene scene) {
    IpAddress ip = scene.address(Phase.ALLOCATED);
    return Wish.ask(
        new Command.ReleaseEip(
            ip, scene.tenure(ip), scene.dice().percent(10) ? scene.owner() : null));
  }

  static Wish force(Scene scene) {
    IpAddress ip = scene.address(Phase.ALLOCATED);
    return new Wish.Ask(new Command.ForceRelease(ip, scene.tenure(ip)), "it is not used", false);
  }

  static Wish restore(Scene scene) {
    Phase phase = scene.dice().percent(60) ? Phase.RELEASING : Phase.COOLING_DOWN;
    IpAddress ip = scene.address(phase);
    return Wish.ask(
        new Command.RestoreEip(
            ip, scene.tenure(ip), scene.dice().percent(10) ? scene.owner() : null));
  }

  static Wish attach(Scene scene) {
    IpAddress ip = scene.address(Phase.ALLOCATED);
    return Wish.ask(new Command.AttachEip(ip, scene.gateway(), scene.tenure(ip)));
  }

  static Wish detach(Scene scene) {
    IpAddress ip = scene.address(Phase.ALLOCATED);
    return Wish.ask(new Command.DetachEip(ip, scene.tenure(ip)));
  }
}
