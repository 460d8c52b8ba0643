package io.holdfast.demo;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import java.util.List;

/** Kube-OVN #4718: the clean-up was called with the subnet instead of the address. */
final class CleanUpStory implements Story {
  @Override
  public String group() {
    return "K";
  }

  @Override
  public String title() {
    return "Kube-OVN #4718: clean-up called with the subnet instead of the address";
  }

  @Override
  public void play(Stage stage) {
    IpAddress a = IpAddress.parse("10.1.69.205");
    IpAddress b = IpAddress.parse("10.1.69.206");
    stage.command(
        new Command.DefinePool(
            "external",
            io.holdfast.domain.net.IpFamily.V4,
            List.of("10.1.69.205-10.1.69.206"),
            List.of(),
            Cidr.parse("10.1.69.0/24"),
            IpAddress.parse("10.1.69.254"),
            300,
            java.util.Map.of(),
            null));
    stage.gateway("gw1", "n1");
    SimulatedGateway agent = new SimulatedGateway(stage, "gw1", "n1");
    agent.start();
    Grant first = stage.granted(stage.command(Stage.allocate("external", Stage.owner("A"), "gw1")));
    stage.command(Stage.allocate("external", Stage.owner("B"), "gw1"));
    agent.sync();
    stage.await("both are ready", view -> Stage.ready(view, a) && Stage.ready(view, b));
    stage.say("gw1 carries " + agent.kernel());

    agent.breakRemovals();
    stage.command(
        new Command.ResizePool(
            "external",
            List.of("10.1.69.205-10.1.69.206"),
            List.of(),
            Cidr.parse("10.1.68.0/23"),
            IpAddress.parse("10.1.69.254"),
            ResizeMode.RETAIN));
    stage.command(new Command.ReleaseEip(a, null, null));
    agent.sync();
    stage.settleReports();
    Phase stillThere = phase(stage, a);
    stage.check(
        "K-b",
        "the removal 'succeeds' and removes nothing: releasing, never free",
        stillThere == Phase.RELEASING && agent.kernel().containsKey(a),
        stillThere);
    Outcome full = stage.command(Stage.allocate("external", Stage.owner("C"), "gw1"));
    stage.check(
        "K-d",
        "the pool is otherwise full: exhausted, never .205",
        Stage.code(full).equals("PoolExhausted"),
        Stage.code(full));
    String exact = a + "/24 tenure " + first.tenure();
    agent.mendRemovals();
    agent.sync();
    stage.awaitFree(a);
    stage.check(
        "K-a",
        "exactly " + a + "/24 leaves the interface; .206 is untouched",
        agent.kernel().equals(java.util.Map.of(b, 24)) && stage.isReady(b),
        agent.kernel());
    stage.check(
        "K-c",
        "the pool was widened to /23 in between: the target is still what was programmed",
        agent.removals().stream().allMatch(exact::equals),
        agent.removals().getLast());

    agent.addByHand(a, 24);
    agent.breakRemovals();
    agent.sync();
    stage.await(
        a + " is quarantined",
        view -> {
          Address address = view.state().addresses().get(a);
          return address != null && address.phase() == Phase.QUARANTINED;
        });
    boolean drift =
        stage.events(1).stream()
            .anyMatch(e -> e instanceof Event.DriftDetected d && d.ip().equals(a));
    Outcome refused = stage.command(Stage.allocate("external", Stage.owner("C"), "gw1"));
    agent.mendRemovals();
    agent.sync();
    agent.sync();
    stage.awaitFree(a);
    boolean cleared =
        stage.events(1).stream()
            .anyMatch(e -> e instanceof Event.DriftCleared d && d.ip().equals(a));
    stage.check(
        "K-e",
        "a free address shows up on gw1: it leaves the free set until the drift has cleared",
        drift && Stage.code(refused).equals("PoolExhausted") && cleared,
        "detected, quarantined, removed, cleared");
  }

  private static Phase phase(Stage stage, IpAddress ip) {
    return stage.address(ip).map(Address::phase).orElse(Phase.FREE);
  }
}
