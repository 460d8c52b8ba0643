package io.holdfast.demo;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import java.util.ArrayList;
import java.util.List;

/** {@link RescheduleStory}, with two agents and two kernels. */
final class RealRescheduleStory implements Story {
  private static final int EIPS = 50;

  /** The id that a FIP has among the rules of its EIP. */
  private static final String FIP = "fip";

  private static final List<String> NODES = List.of("n1", "n2");
  private static final List<String> KERNELS = List.of("n1-gw1", "n2-gw1");

  @Override
  public String group() {
    return "F";
  }

  @Override
  public String title() {
    return "Kube-OVN #5114, in two kernels: deleting a FIP marks an EIP ready during a reschedule";
  }

  @Override
  public void play(Stage stage) {
    try (RealWorld world = new RealWorld("n1-gw1", "n2-gw1", "n1-gw2", "n2-gw2");
        TempFolder run1 = TempFolder.named("holdfast-demo-n1");
        TempFolder run2 = TempFolder.named("holdfast-demo-n2")) {
      stage.pool("external", "10.1.9.0/24", "10.1.0.0/16", 300);
      stage.command(new Command.DefineGateway("gw1", NODES, Failover.FENCE_FIRST, 10_000, 3, 0));
      try (RealNode _ = new RealNode(stage, world, "n1", run1.path());
          RealNode n2 = new RealNode(stage, world, "n2", run2.path())) {
        List<IpAddress> eips = eips(stage);
        stage.repeat("traffic flows", () -> world.reaches(eips.getFirst().toString()));
        words(stage, world);
        move(stage, world, eips);
        restartInPlace(stage, world, eips, n2);
        RealRuleMoves.everyRuleKind(stage, world, eips);
        RealRuleMoves.twoAtOnce(stage, world, eips);
      }
    }
  }

  private static List<IpAddress> eips(Stage stage) {
    List<Command> allocations = new ArrayList<>();
    for (int i = 0; i < EIPS; i++) {
      allocations.add(Stage.allocate("external", Stage.owner("o" + i), "gw1"));
    }
    List<IpAddress> eips =
        stage.commands(allocations).stream().map(o -> stage.granted(o).ip()).toList();
    List<Command> fips = new ArrayList<>();
    for (int i = 0; i < EIPS; i++) {
      IpAddress internal = IpAddress.parse("192.168.0." + (i + 2));
      fips.add(new Command.BindFip(eips.get(i), internal, "vpc", false, null));
    }
    stage.commands(fips);
    stage.await("all are ready", view -> eips.stream().allMatch(ip -> Stage.ready(view, ip)));
    return eips;
  }

  /** Moves, and unbinds all FIPs but the first meanwhile. */
  private static void move(Stage stage, RealWorld world, List<IpAddress> eips) {
    long before = stage.sequence();
    stage.command(new Command.RescheduleGateway("gw1", "n2"));
    List<Outcome> unbound = new ArrayList<>();
    List<Integer> called = new ArrayList<>();
    List<IpAddress> wrong = new ArrayList<>();
    stage.repeat(
        "all are called ready on n2, and all FIPs but one are unbound",
        () -> {
          if (unbound.size() < EIPS - 1) {
            unbound.add(stage.command(new Command.UnbindFip(eips.get(unbound.size() + 1), null)));
          }
          List<IpAddress> ready = ready(stage, eips);
          wrong.addAll(missing(world, "n2-gw1", ready));
          called.add(ready.size());
          return ready.size() == EIPS && unbound.size() == EIPS - 1;
        });
    stage.say("gw1 moved to n2 and " + unbound.size() + " FIPs were unbound meanwhile");
    words(stage, world);
    stage.check(
        "F-a",
        "whatever was called ready while it moved was in the kernel of n2; all " + EIPS + " came",
        wrong.isEmpty() && unbound.stream().allMatch(o -> Stage.code(o).equals("accepted")),
        "asked " + called.size() + " times, wrong " + wrong);
    Neighbour answers = world.answers(eips.getLast().toString(), KERNELS);
    stage.check(
        "F-a",
        "the kernel of n1 has none of them, that of n2 all, and the outside host hears n2 alone",
        world.addresses("n1-gw1").isEmpty()
            && world.addresses("n2-gw1").size() == EIPS
            && answers.equals(new Neighbour.Known("n2-gw1")),
        "n1 "
            + world.addresses("n1-gw1").size()
            + ", n2 "
            + world.addresses("n2-gw1").size()
            + ", heard "
            + answers);
    stage.repeat("the FIPs are gone", () -> world.fips("n2-gw1", stage.network()).size() == 1);
    stage.check(
        "F-a",
        "of the FIPs the kernel has the one that was not unbound, and it carries traffic",
        world.fips("n2-gw1", stage.network()).getFirst().contains(eips.getFirst().toString())
            && world.reaches(eips.getFirst().toString()),
        world.fips("n2-gw1", stage.network()));
    late(stage, before, eips);
  }

  /** What is called ready now. */
  static List<IpAddress> ready(Stage stage, List<IpAddress> eips) {
    return stage.read(view -> eips.stream().filter(ip -> Stage.ready(view, ip)).toList());
  }

  /** Those of them that a kernel has not, though nothing takes them from there any more. */
  static List<IpAddress> missing(RealWorld world, String kernel, List<IpAddress> ready) {
    String there = String.join("\n", world.addresses(kernel));
    return ready.stream().filter(ip -> !there.contains("inet " + ip + "/16 ")).toList();
  }

  /** What n1 saw before it moved comes once more. */
  private static void late(Stage stage, long revision, List<IpAddress> eips) {
    // What the unbinding still causes would be taken for the late observation's doing.
    stage.await(
        "the unbound FIPs are surely nowhere",
        view ->
            eips.stream()
                .skip(1)
                .allMatch(ip -> view.state().rules().get(new RuleKey(ip, FIP)) == null));
    long events = stage.sequence();
    stage.report(
        new Report.Observation(
            "gw1",
            "n1",
            1,
            Long.MAX_VALUE,
            revision,
            true,
            List.of(),
            List.of(),
            List.of(),
            List.of()));
    stage.settleReports();
    long ready = stage.read(view -> eips.stream().filter(ip -> Stage.ready(view, ip)).count());
    boolean ofEpoch2 =
        stage.read(view ->
            eips.stream()
                .map(ip -> view.state().addresses().get(ip))
                .allMatch(address -> {
                  Carriage c = address == null ? null : address.on("gw1");
                  var seen = c == null ? null : c.seen();
                  return seen != null && seen.epoch() == 2 && seen.present();
                }));
    List<String> caused =
        stage.events(events + 1).stream()
            .filter(event -> !Stage.isOfMarker(event))
            .map(event -> event.getClass().getSimpleName())
            .toList();
    stage.check(
        "F-b",
        "a late observation of epoch 1, which lists nothing, changes nothing",
        ready == EIPS && ofEpoch2 && caused.isEmpty(),
        ready + " ready, events but the marker's: " + caused);
  }

  /** The kernel of n2 is emptied behind the agent's back, as a container's restart does. */
  private static void restartInPlace(
      Stage stage, RealWorld world, List<IpAddress> eips, RealNode n2) {
    n2.close();
    world.nft("n2-gw1", "flush ruleset");
    world.ip("n2-gw1", "addr flush dev ext");
    world.ip("n2-gw1", "route replace 10.1.0.0/16 dev ext");
    stage.say("the agent of n2 was stopped, and then: nft flush ruleset, ip addr flush dev ext");
    words(stage, world);
    n2.start();
    stage.await(
        "all are ready in epoch 3",
        view -> {
          Gateway gateway = view.state().gateways().get("gw1");
          return gateway != null
              && gateway.epoch() == 3
              && eips.stream().allMatch(ip -> Stage.ready(view, ip));
        });
    words(stage, world);
    stage.check(
        "F-e",
        "the instance restarted in place with an empty kernel: a new epoch, and all is there again",
        world.addresses("n2-gw1").size() == EIPS && world.reaches(eips.getFirst().toString()),
        "epoch 3, " + world.addresses("n2-gw1").size() + " addresses");
  }

  private static void words(Stage stage, RealWorld world) {
    for (String node : KERNELS) {
      List<String> lines = world.addresses(node);
      stage.say("$ ip -n " + node + " addr show dev ext | grep inet | wc -l    -> " + lines.size());
      lines.stream().limit(2).forEach(line -> stage.say("    " + line));
    }
    long ready =
        stage.read(view -> {
          var gateway = view.state().gateways().get("gw1");
          return gateway == null ? 0 : gateway.epoch();
        });
    stage.say("holdfast: gw1 is in epoch " + ready);
  }
}
