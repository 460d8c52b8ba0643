package io.holdfast.simulator.client;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;
import io.holdfast.simulator.setup.Setup;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leases, reservation, adoption, quarantine, transfer and tags. */
final class LifeClients {
  private static final List<Long> LEASES = List.of(0L, 1_000L, 4_000L, Setup.LONGEST_LEASE_MS);
  private static final List<String> NAMES = List.of("app", "tier");

  private LifeClients() {}

  static @Nullable Long lease(Scene scene) {
    return scene.dice().pick(LEASES);
  }

  static Map<String, String> tags(Scene scene) {
    return Map.of(scene.dice().pick(NAMES), "v" + scene.dice().below(3));
  }

  static Wish renew(Scene scene) {
    IpAddress ip = scene.address(Phase.ALLOCATED);
    return Wish.ask(
        new Command.RenewLease(
            ip,
            scene.dice().percent(40) ? lease(scene) : null,
            scene.tenure(ip),
            scene.dice().percent(10) ? scene.owner() : null));
  }

  static Wish reserve(Scene scene) {
    return new Wish.Ask(new Command.ReserveIp(scene.anyAddress()), "kept for a router", false);
  }

  static Wish unreserve(Scene scene) {
    return Wish.ask(new Command.UnreserveIp(scene.address(Phase.RESERVED)));
  }

  /** Mostly what is known to be taken out, or to be on a gateway unasked. */
  static Wish adopt(Scene scene) {
    Phase phase = scene.dice().pick(List.of(Phase.RESERVED, Phase.QUARANTINED, Phase.FREE));
    return Wish.ask(
        new Command.AdoptEip(
            scene.address(phase),
            scene.owner(),
            scene.dice().percent(70) ? scene.gateway() : null,
            scene.dice().percent(20) ? scene.node() : null,
            scene.dice().percent(20) ? lease(scene) : null,
            tags(scene)));
  }

  /** Something that is none of ours answers for it. */
  static Wish conflict(Scene scene) {
    IpAddress ip = scene.dice().percent(40) ? scene.address(Phase.ALLOCATED) : scene.anyAddress();
    return new Wish.Tell(new Report.ConflictSeen(ip, "02:00:00:00:00:0" + scene.dice().below(3)));
  }

  static Wish endQuarantine(Scene scene) {
    IpAddress ip = scene.address(scene.dice().percent(80) ? Phase.QUARANTINED : Phase.ALLOCATED);
    return new Wish.Ask(new Command.EndQuarantine(ip), "it was found and switched off", false);
  }

  static Wish transfer(Scene scene) {
    IpAddress ip = scene.address(Phase.ALLOCATED);
    return Wish.ask(
        new Command.TransferEip(
            ip,
            scene.owner().tenant(),
            scene.dice().between(1_000, 20_000),
            scene.tenure(ip),
            scene.dice().percent(10) ? scene.owner() : null));
  }

  /** Of something that is offered, if anything is. */
  static Wish accept(Scene scene) {
    IpAddress ip = scene.offered();
    return Wish.ask(new Command.AcceptTransfer(ip, scene.owner(), scene.tenure(ip)));
  }

  static Wish cancelTransfer(Scene scene) {
    IpAddress ip = scene.offered();
    return Wish.ask(new Command.CancelTransfer(ip, scene.tenure(ip), null));
  }

  static Wish tag(Scene scene) {
    IpAddress ip = scene.address(Phase.ALLOCATED);
    boolean sets = scene.dice().percent(70);
    return Wish.ask(
        new Command.TagEip(
            ip,
            sets ? tags(scene) : Map.of(),
            sets ? List.of() : List.of(scene.dice().pick(NAMES)),
            scene.tenure(ip),
            null));
  }
}
