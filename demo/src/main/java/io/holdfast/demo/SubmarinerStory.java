package io.holdfast.demo;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.CheckResult;
import io.holdfast.domain.report.Report;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Submariner #3336 and #4122: a look-up error released an address. */
final class SubmarinerStory implements Story {
  @Override
  public String group() {
    return "S";
  }

  @Override
  public String title() {
    return "Submariner #3336, #4122: a look-up error released an address";
  }

  @Override
  public void play(Stage stage) {
    Owner u1 = Stage.owner("U1");
    IpAddress ip = IpAddress.parse("242.0.0.7");
    stage.pool("global", "242.0.0.0/16", null, 300);
    Grant held =
        stage.granted(
            stage.command(
                new Command.AllocateEip(
                    List.of("global"),
                    u1,
                    ip,
                    io.holdfast.domain.model.FamilyChoice.V4,
                    1,
                    null,
                    null)));
    stage.say("U1 holds " + ip + "; the allocator restarts");
    stage.restart(() -> {});
    for (int i = 0; i < 100; i++) {
      stage.report(
          new Report.OwnerCheck(
              ip, held.tenure(), CheckResult.UNKNOWN, false, "look-up timed out"));
    }
    stage.settleReports();
    Address after = stage.address(ip).orElseThrow();
    boolean doubted = after.tenancy() != null && after.tenancy().doubt() != null;
    stage.check(
        "S-a",
        "100 look-ups that time out release nothing; a condition says since when and why",
        after.isHeldBy(held.tenure()) && doubted,
        after.phase()
            + ", "
            + (after.tenancy() == null ? "" : String.valueOf(after.tenancy().doubt())));

    Report absent = new Report.OwnerCheck(ip, held.tenure(), CheckResult.ABSENT, true, "404");
    stage.report(absent);
    stage.settleReports();
    boolean once = stage.address(ip).orElseThrow().isHeldBy(held.tenure());
    stage.repeat(
        "absent three times over 600 ms",
        () -> {
          stage.report(absent);
          stage.settleReports();
          return stage.address(ip).orElseThrow().phase() != Phase.ALLOCATED;
        });
    String evidence =
        stage.events(1).stream()
            .filter(e -> e instanceof Event.EipReleaseRequested)
            .map(e -> ((Event.EipReleaseRequested) e).evidence())
            .findFirst()
            .orElse("");
    stage.check(
        "S-b",
        "ABSENT once keeps it; confirmed by a healthy source it is released with the evidence in the event",
        once && evidence.startsWith("absent 3 times"),
        evidence);

    PoolUse before = stage.use("global");
    CompletableFuture<?> first = stage.send(Stage.allocate("global", u1, null));
    Outcome second = stage.command(Stage.allocate("global", u1, null));
    first.join();
    PoolUse used = stage.use("global");
    stage.check(
        "S-c",
        "U1 asks twice at once with different command ids: one address",
        used.allocated() - before.allocated() == 1 && Stage.code(second).endsWith("nothing to do"),
        "allocated +"
            + (used.allocated() - before.allocated())
            + ", second answer "
            + Stage.code(second));

    Grant kept = stage.granted(second);
    Outcome moved =
        stage.command(
            new Command.ResizePool(
                "global", List.of("242.1.0.0/16"), List.of(), null, null, ResizeMode.RETAIN));
    Address retained = stage.address(kept.ip()).orElseThrow();
    stage.check(
        "S-d",
        "the pool moves to 242.1.0.0/16: the tenure is retained, never renumbered",
        Stage.code(moved).equals("accepted")
            && retained.isHeldBy(kept.tenure())
            && stage.use("global").retained() >= 1,
        kept.ip() + " " + retained.phase() + ", retained " + stage.use("global").retained());

    stage.gateway("gw1", "n1");
    SimulatedGateway agent = new SimulatedGateway(stage, "gw1", "n1");
    agent.start();
    Grant stuck = stage.granted(stage.command(Stage.allocate("global", Stage.owner("U2"), "gw1")));
    agent.sync();
    stage.await("U2 is ready", view -> Stage.ready(view, stuck.ip()));
    agent.breakRemovals();
    stage.command(new Command.ReleaseEip(stuck.ip(), null, null));
    for (int i = 0; i < 21; i++) {
      agent.sync();
    }
    stage.settleReports();
    Phase phase = stage.address(stuck.ip()).orElseThrow().phase();
    stage.check(
        "S-e", "21 failed removals: releasing, never free", phase == Phase.RELEASING, phase);
    agent.mendRemovals();
    agent.sync();
    stage.awaitFree(stuck.ip());
  }
}
