package io.holdfast.simulator.client;

import io.holdfast.domain.command.BundleItem;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.OnExhausted;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.simulator.plan.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users who want addresses, and give them back. */
final class EipClients {
  private EipClients() {}

  static Wish allocate(Scene scene) {
    EipRequest request = request(scene);
    boolean waits = scene.dice().percent(20);
    return new Wish.Ask(
        new Command.AllocateEip(
            request,
            waits ? OnExhausted.WAIT : OnExhausted.REJECT,
            waits ? scene.dice().between(100, 30_000) : 0),
        "",
        scene.dice().percent(4));
  }

  private static EipRequest request(Scene scene) {
    Dice dice = scene.dice();
    IpAddress ip = dice.percent(12) ? scene.anyAddress() : null;
    int count = ip == null && dice.percent(12) ? dice.between(2, 4) : 1;
    FamilyChoice family =
        ip != null
            ? ip.family() == IpFamily.V4 ? FamilyChoice.V4 : FamilyChoice.V6
            : dice.percent(65)
                ? FamilyChoice.V4
                : dice.percent(50) ? FamilyChoice.V6 : FamilyChoice.DUAL;
    return new EipRequest(
        dice.percent(15) ? List.of(scene.pool().name()) : List.of(),
        Map.of(),
        scene.owner(),
        ip,
        family,
        count,
        count > 1 && dice.percent(50),
        dice.percent(60) ? scene.gateway() : null,
        dice.percent(30) ? scene.node() : null,
        dice.percent(15) ? LifeClients.lease(scene) : null,
        dice.percent(10) ? LifeClients.tags(scene) : Map.of());
  }

  /** Several owners at once, each with a rule. */
  static Wish bundle(Scene scene) {
    List<BundleItem> items = new ArrayList<>();
    for (int i = scene.dice().between(1, 3); i > 0; i--) {
      EipRequest request = EipRequest.of(scene.owner(), FamilyChoice.V4);
      IpAddress inside = IpAddress.parse("192.168.0." + scene.dice().between(1, 6));
      items.add(
          new BundleItem(
              request.at(null, 1, scene.dice().percent(70) ? scene.gateway() : null, null),
              scene.dice().percent(70)
                  ? List.of(new RuleSpec.Fip(inside, RuleClients.VPC))
                  : List.of()));
    }
    return Wish.ask(new Command.AllocateBundle(items));
  }

  static Wish cancel(Scene scene) {
    return Wish.ask(new Command.CancelAllocation(scene.owner()));
  }

  static Wish quota(Scene scene) {
    Long limit = scene.dice().percent(40) ? null : (Long) (long) scene.dice().between(1, 15);
    return Wish.ask(new Command.SetQuota(scene.owner().tenant(), limit));
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

  /** Somebody changes his mind: back to a gateway that the address has not even left. */
  static @Nullable Wish attachBack(Scene scene) {
    List<Wish> moving = new ArrayList<>();
    scene
        .state()
        .addresses()
        .scan(
            new IpAddress(IpFamily.V4, 0, 0),
            new IpAddress(IpFamily.V6, -1, -1),
            (ip, row) -> {
              for (Carriage carriage : row.carriages()) {
                if (!carriage.wanted() && row.phase() == Phase.ALLOCATED) {
                  moving.add(Wish.ask(new Command.AttachEip(ip, carriage.gateway(), null)));
                }
              }
              return true;
            });
    return moving.isEmpty() ? null : scene.dice().pick(moving);
  }

  static Wish detach(Scene scene) {
    IpAddress ip = scene.address(Phase.ALLOCATED);
    return Wish.ask(new Command.DetachEip(ip, scene.tenure(ip)));
  }
}
