package io.holdfast.demo;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import java.util.List;
import java.util.stream.IntStream;

/** Harvester #7471, #8150, rancher #21348: hard reboots used up the pool, or doubled addresses. */
final class HarvesterStory implements Story {
  private static final int OWNERS = 250;

  @Override
  public String group() {
    return "H";
  }

  @Override
  public String title() {
    return "Harvester #7471, #8150: hard reboots use up the pool";
  }

  @Override
  public void play(Stage stage) {
    stage.pool("pods", "10.52.3.0/24", null, 300);
    stage.report(new Report.NodeHeartbeat("N1", "B1"));
    stage.await("N1 is up", view -> view.state().nodes().get("N1") != null);
    fill(stage);
    stage.say(OWNERS + " owners on node N1 hold addresses; the power goes, N1 comes back");
    stage.report(new Report.OwnerInventory("N1", "B1", true, List.of()));
    stage.report(new Report.OwnerInventory("N1", "B1", false, List.of()));
    stage.settleReports();
    stage.check(
        "H-c",
        "same boot, an empty or failed inventory: nothing is released",
        stage.use("pods").allocated() == OWNERS,
        stage.use("pods").allocated() + " allocated");

    reboot(stage, "B2", List.of(owner(7), owner(8), owner(9)));
    PoolUse three = stage.use("pods");
    stage.check(
        "H-b",
        "the new boot's inventory lists 3: exactly those stay",
        three.allocated() == 3,
        three.allocated() + " allocated");
    reboot(stage, "B3", List.of());
    long rebooted =
        stage.events(1).stream()
            .filter(e ->
                e instanceof Event.EipReleaseRequested r
                    && r.cause() == ReleaseCause.OWNER_REBOOTED)
            .count();
    stage.awaitUnused("pods");
    stage.check(
        "H-a",
        "a complete inventory that lists none frees all, with the cause in the events",
        rebooted == OWNERS && stage.use("pods").used() == 0,
        rebooted + " released, 0 in use");

    long most = 0;
    for (int boot = 4; boot < 14; boot++) {
      fill(stage);
      most = Math.max(most, stage.use("pods").allocated());
      reboot(stage, "B" + boot, List.of());
      stage.awaitUnused("pods");
    }
    stage.check(
        "H-a",
        "ten more reboots: never more allocated than runs",
        most == OWNERS,
        "at most " + most + " allocated");
    inventoryNeverComes(stage);
    powerCutOfTheAllocator(stage);
  }

  private static void inventoryNeverComes(Stage stage) {
    fill(stage);
    stage.report(new Report.NodeHeartbeat("N1", "B20"));
    stage.await(
        "the inventory is overdue",
        view -> {
          Node node = view.state().nodes().get("N1");
          return node != null && node.overdue();
        });
    boolean named = stage.events(1).contains(new Event.OwnerInventoryOverdue("N1", "B20"));
    long kept = stage.use("pods").allocated();
    stage.check(
        "H-d",
        "the inventory never comes: all is kept, an alarm names node and boot",
        named && kept == OWNERS,
        kept + " allocated");
    String answer = Stage.code(stage.command(new Command.FenceNode("N1")));
    stage.awaitUnused("pods");
    stage.check(
        "H-d",
        "an operator's FenceNode, with a reason, frees them",
        answer.equals("accepted"),
        answer + ", " + stage.use("pods").used() + " in use");
  }

  private static void powerCutOfTheAllocator(Stage stage) {
    stage.pool("more", "10.53.0.0/20", null, 300);
    List<Command.AllocateEip> commands =
        IntStream.range(0, 1_000)
            .mapToObj(i -> Stage.allocate("more", Stage.owner("vm-" + i), null))
            .toList();
    stage.queue(commands.subList(0, 500));
    stage.restart(() -> stage.queue(commands.subList(500, 1_000)));
    stage.await(
        "1,000 are allocated",
        view -> {
          PoolUse use = view.state().poolUse().get("more");
          return use != null && use.allocated() == 1_000;
        });
    long distinct =
        stage.events(1).stream()
            .filter(e -> e instanceof Event.EipAllocated a && a.pool().equals("more"))
            .map(e -> ((Event.EipAllocated) e).ip())
            .distinct()
            .count();
    stage.check(
        "H-e",
        "the allocator is stopped in the middle of 1,000 commands: each is in the state exactly once",
        distinct == 1_000,
        distinct + " distinct addresses");
  }

  private static Owner owner(int i) {
    return Stage.owner("pod-" + i);
  }

  private static void fill(Stage stage) {
    List<Outcome> outcomes =
        stage.commands(
            IntStream.range(0, OWNERS)
                .mapToObj(i ->
                    new Command.AllocateEip(
                        List.of("pods"), owner(i), null, FamilyChoice.V4, 1, null, "N1"))
                .toList());
    outcomes.forEach(stage::granted);
  }

  private static void reboot(Stage stage, String boot, List<Owner> alive) {
    stage.report(new Report.NodeHeartbeat("N1", boot));
    stage.report(new Report.OwnerInventory("N1", boot, true, alive));
    stage.settleReports();
  }
}
