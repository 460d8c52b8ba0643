package io.holdfast.demo;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.CheckResult;
import io.holdfast.domain.report.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** dstack #2166: a new gateway got an old gateway's IP, and the old one's clean-up destroyed it. */
final class DstackStory implements Story {
  @Override
  public String group() {
    return "D";
  }

  @Override
  public String title() {
    return "dstack #2166: a new holder gets an old holder's address";
  }

  @Override
  public void play(Stage stage) {
    IpAddress ip = IpAddress.parse("34.163.200.233");
    stage.pool("public", "34.163.200.233/32", null, 300);
    stage.gateway("gw1", "n1");
    SimulatedGateway agent = new SimulatedGateway(stage, "gw1", "n1");
    agent.start();

    Grant a = stage.granted(stage.command(Stage.allocate("public", Stage.owner("A"), "gw1")));
    agent.sync();
    stage.await("A is ready", view -> Stage.ready(view, ip));
    Report lateObservation = agent.observation(1, stage.sequence() - 1);
    stage.say("A holds " + ip + " (tenure " + a.tenure() + ") and is ready");
    stage.command(new Command.ReleaseEip(ip, a.tenure(), null));
    agent.sync();
    stage.awaitFree(ip);
    Grant b = stage.granted(stage.command(Stage.allocate("public", Stage.owner("B"), "gw1")));
    agent.sync();
    stage.await("B is ready", view -> Stage.ready(view, ip));
    long bReady = stage.sequence();
    stage.say("A released it, it cooled down, B holds it (tenure " + b.tenure() + ") and is ready");

    List<Report> late = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      late.add(new Report.OwnerCheck(ip, a.tenure(), CheckResult.ABSENT, true, "A is gone"));
      late.add(new Report.ProbeResult(null, ip, a.tenure(), false, "A does not answer"));
    }
    late.add(lateObservation);
    late.addAll(List.copyOf(late));
    Collections.shuffle(late, new Random(2166));
    late.forEach(stage::report);
    stage.settleReports();
    List<Event> after =
        stage.events(bReady + 1).stream()
            .filter(e -> !(e instanceof Event.NodeRegistered))
            .toList();
    stage.check(
        "D-a",
        late.size()
            + " late clean-ups and reports of tenure "
            + a.tenure()
            + " change nothing for B",
        stage.isReady(ip) && after.isEmpty(),
        after.isEmpty() ? "ready, no event" : after);
    long tenures = stage.events(1).stream().filter(e -> e instanceof Event.EipAllocated).count();
    stage.check(
        "D-a", "the history shows both tenures", tenures == 2, tenures + " tenures of " + ip);

    Outcome stale = stage.command(new Command.ReleaseEip(ip, a.tenure(), null));
    stage.check(
        "D-b",
        "releasing tenure " + a.tenure() + " while tenure " + b.tenure() + " lives is refused",
        Stage.code(stale).equals("StaleTenure") && stage.isReady(ip),
        Stage.code(stale));
  }
}
