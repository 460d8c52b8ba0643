package io.holdfast.demo;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Outcome;
import java.util.List;
import java.util.Map;

/** {@link CleanUpStory}, with an agent and a kernel. */
final class RealCleanUpStory implements Story {
  private static final IpAddress A = IpAddress.parse("10.1.69.205");
  private static final IpAddress B = IpAddress.parse("10.1.69.206");
  private static final String RANGE = A + "-" + B;

  @Override
  public String group() {
    return "K";
  }

  @Override
  public String title() {
    return "Kube-OVN #4718, in the kernel: clean-up called with the subnet instead of the address";
  }

  @Override
  public void play(Stage stage) {
    try (RealWorld world = new RealWorld("n1-gw1");
        TempFolder run = TempFolder.named("holdfast-demo-run");
        RealNode node = new RealNode(stage, world, "n1", run.path())) {
      play(stage, world, node);
    }
  }

  private static void play(Stage stage, RealWorld world, RealNode node) {
    stage.command(
        new Command.DefinePool(
            "external",
            IpFamily.V4,
            List.of(RANGE),
            List.of(),
            Cidr.parse("10.1.69.0/24"),
            IpAddress.parse("10.1.69.254"),
            300,
            Map.of(),
            null));
    stage.command(
        new Command.DefineGateway("gw1", List.of("n1"), Failover.FENCE_FIRST, 10_000, 3, 0));
    stage.command(Stage.allocate("external", Stage.owner("A"), "gw1"));
    stage.command(Stage.allocate("external", Stage.owner("B"), "gw1"));
    stage.command(new Command.BindFip(B, IpAddress.parse("192.168.0.2"), "vpc", false, null));
    stage.await("both are ready", view -> Stage.ready(view, A) && Stage.ready(view, B));
    stage.repeat(B + " is reached from outside", () -> world.reaches(B.toString()));
    words(stage, world);

    node.breakRemovals();
    stage.command(
        new Command.ResizePool(
            "external",
            List.of(RANGE),
            List.of(),
            Cidr.parse("10.1.68.0/23"),
            IpAddress.parse("10.1.69.254"),
            ResizeMode.RETAIN));
    stage.command(new Command.ReleaseEip(A, null, null));
    stage.repeat("the agent has looked, and tried again", () -> node.removalsInVain() > 1);
    stage.settleReports();
    Phase phase = phase(stage);
    words(stage, world);
    stage.check(
        "K-b",
        "the removal 'succeeds' and removes nothing: releasing, never free",
        phase == Phase.RELEASING && world.has("n1-gw1", A.toString()),
        phase + ", and ip addr has it");
    Outcome full = stage.command(Stage.allocate("external", Stage.owner("C"), "gw1"));
    stage.check(
        "K-d",
        "the pool is otherwise full: exhausted, never .205",
        Stage.code(full).equals("PoolExhausted"),
        Stage.code(full));

    node.mendRemovals();
    stage.awaitFree(A);
    words(stage, world);
    List<String> left = world.addresses("n1-gw1");
    stage.check(
        "K-a, K-c",
        "exactly " + A + "/24 leaves the interface, though the pool is a /23 by now; .206 stays",
        left.size() == 1 && left.getFirst().startsWith("inet " + B + "/24 ") && stage.isReady(B),
        left);
    boolean reached = world.reaches(B.toString());
    Neighbour answers = world.answers(A.toString(), List.of("n1-gw1"));
    stage.check(
        "K-a",
        "traffic to .206 goes through its FIP as before; nobody answers for .205",
        reached && answers instanceof Neighbour.Nobody,
        world.fips("n1-gw1", stage.network()) + ", .205: " + answers);
    byHand(stage, world);
  }

  /** Somebody puts the free address there. */
  private static void byHand(Stage stage, RealWorld world) {
    stage.say("$ ip addr add " + A + "/24 dev ext     (by hand)");
    world.ip("n1-gw1", "addr add " + A + "/24 dev ext");
    stage.await(
        A + " is quarantined",
        view -> {
          Address address = view.state().addresses().get(A);
          return address != null && address.phase() == Phase.QUARANTINED;
        });
    Outcome refused = stage.command(Stage.allocate("external", Stage.owner("C"), "gw1"));
    boolean stays = world.has("n1-gw1", A.toString());
    stage.say("$ ip addr del " + A + "/24 dev ext     (by hand)");
    world.ip("n1-gw1", "addr del " + A + "/24 dev ext");
    stage.awaitFree(A);
    boolean cleared =
        stage.events(1).stream()
            .anyMatch(e -> e instanceof Event.DriftCleared d && d.ip().equals(A));
    stage.check(
        "K-e",
        "a free address shows up: out of the free set until it is gone, and not Holdfast's to"
            + " remove",
        Stage.code(refused).equals("PoolExhausted") && stays && cleared,
        "asked for: "
            + Stage.code(refused)
            + (stays ? "; ip addr still had it" : "; ip addr had it no more")
            + (cleared ? "; DriftCleared" : "; no DriftCleared"));
  }

  private static void words(Stage stage, RealWorld world) {
    stage.say("$ ip addr show dev ext");
    world.addresses("n1-gw1").forEach(line -> stage.say("    " + line));
    stage.say(
        "holdfast: .205 " + phase(stage) + ", .206 " + (stage.isReady(B) ? "ready" : "not ready"));
  }

  private static Phase phase(Stage stage) {
    return stage.address(A).map(Address::phase).orElse(Phase.FREE);
  }
}
