package io.holdfast.demo;

import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.view.DesiredState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Kube-OVN #5114: deleting a FIP marked an EIP ready during a reschedule. */
final class RescheduleStory implements Story {
  private static final int EIPS = 500;

  @Override
  public String group() {
    return "F";
  }

  @Override
  public String title() {
    return "Kube-OVN #5114: deleting a FIP marks an EIP ready during a reschedule";
  }

  @Override
  public void play(Stage stage) {
    stage.pool("external", "10.9.0.0/22", null, 300);
    SimulatedGateway old = new SimulatedGateway(stage, "gw1", "n1");
    SimulatedGateway fresh = new SimulatedGateway(stage, "gw1", "n2");
    stage.gateway("gw1", "n1", "n2");
    old.start();
    List<IpAddress> eips = eips(stage);
    old.sync();
    stage.await("all are ready", view -> eips.stream().allMatch(ip -> Stage.ready(view, ip)));
    stage.say(EIPS + " EIPs with a FIP each are ready on n1 (epoch 1); gw1 moves to n2");
    Report lateOfEpoch1 = old.observation(1, stage.sequence() - 1);

    long before = stage.sequence();
    stage.command(new Command.RescheduleGateway("gw1", "n2"));
    long moveEvents = stage.sequence() - before;
    long readyAfterMove =
        stage.read(view -> eips.stream().filter(ip -> Stage.ready(view, ip)).count());
    stage.check(
        "F-a",
        "the move is one event, and no EIP is ready any more",
        moveEvents == 1 && readyAfterMove == 0,
        moveEvents + " event, " + readyAfterMove + " ready");

    stage.report(lateOfEpoch1);
    stage.settleReports();
    long readyAfterLate =
        stage.read(view -> eips.stream().filter(ip -> Stage.ready(view, ip)).count());
    stage.check(
        "F-b",
        "a late observation of epoch 1 changes nothing",
        readyAfterLate == 0,
        readyAfterLate + " ready");

    fresh.start();
    int given = fresh.desired().map(d -> d.addresses().size()).orElse(0);
    stage.check(
        "F-a",
        "nothing is given to n2 before n1 is fenced",
        given == 0,
        given + " addresses given");
    old.sync();
    stage.await("n1 is fenced", view -> gateway(view).unfenced().isEmpty());
    DesiredState desired = fresh.desired().orElseThrow();
    fresh.apply(desired);
    unbindInterleaved(stage, fresh, eips, desired);

    boolean early =
        stage.read(view ->
            eips.stream()
                .map(ip -> view.state().addresses().get(ip))
                .filter(address -> address != null)
                .map(address -> address.on("gw1"))
                .anyMatch(c -> c == null || !seenInEpoch(c, 2)));
    stage.await(
        "all are ready in epoch 2", view -> eips.stream().allMatch(ip -> Stage.ready(view, ip)));
    stage.check(
        "F-a",
        EIPS
            + " unbinds among shuffled, doubled observations: each EIP ready by an observation of epoch 2",
        !early,
        "all " + EIPS + " ready, none without its observation");

    everyRuleKindDuringAMove(stage, fresh, old, eips.getFirst());
    restartInPlace(stage, old, eips.get(1));
    twoMoveAtOnce(stage);
  }

  /** gw2 goes from n1 to n2 while gw3 comes the other way. */
  private static void twoMoveAtOnce(Stage stage) {
    stage.gateway("gw2", "n1", "n2");
    stage.gateway("gw3", "n2", "n1");
    SimulatedGateway gw2 = new SimulatedGateway(stage, "gw2", "n1");
    SimulatedGateway gw3 = new SimulatedGateway(stage, "gw3", "n2");
    gw2.start();
    gw3.start();
    IpAddress on2 = allocated(stage, "two", "gw2");
    IpAddress on3 = allocated(stage, "three", "gw3");
    gw2.sync();
    gw3.sync();
    // A start in place, so that the epochs differ.
    gw3.start();
    gw3.sync();
    stage.await("both are ready", view -> Stage.ready(view, on2) && Stage.ready(view, on3));

    var _ = stage.send(new Command.RescheduleGateway("gw2", "n2"));
    stage.command(new Command.RescheduleGateway("gw3", "n1"));
    gw3.sync();
    gw2.sync();
    stage.await("both are fenced", view -> isFenced(view, "gw2") && isFenced(view, "gw3"));
    SimulatedGateway new2 = new SimulatedGateway(stage, "gw2", "n2");
    SimulatedGateway new3 = new SimulatedGateway(stage, "gw3", "n1");
    new2.start();
    new3.start();
    DesiredState desired2 = new2.desired().orElseThrow();
    DesiredState desired3 = new3.desired().orElseThrow();
    new2.apply(desired2);
    new3.apply(desired3);
    stage.report(new2.observation(desired3.epoch(), desired3.revision()));
    stage.report(new3.observation(desired2.epoch(), desired2.revision()));
    stage.settleReports();
    boolean mixed = stage.isReady(on2) || stage.isReady(on3);
    stage.report(new3.observation(desired3.epoch(), desired3.revision()));
    stage.await("gw3's is ready", view -> Stage.ready(view, on3));
    boolean alone = !stage.isReady(on2);
    stage.report(new2.observation(desired2.epoch(), desired2.revision()));
    stage.await("gw2's is ready", view -> Stage.ready(view, on2));
    stage.check(
        "F-d",
        "two gateways move at once: an observation with the other's epoch makes nothing ready",
        desired2.epoch() != desired3.epoch() && !mixed && alone,
        "epochs " + desired2.epoch() + " and " + desired3.epoch());
  }

  private static IpAddress allocated(Stage stage, String owner, String gateway) {
    return stage
        .granted(stage.command(Stage.allocate("external", Stage.owner(owner), gateway)))
        .ip();
  }

  private static boolean isFenced(View view, String name) {
    Gateway gateway = view.state().gateways().get(name);
    return gateway != null && gateway.unfenced().isEmpty();
  }

  private static List<IpAddress> eips(Stage stage) {
    List<Command.AllocateEip> allocations = new ArrayList<>();
    for (int i = 0; i < EIPS; i++) {
      allocations.add(Stage.allocate("external", Stage.owner("vm-" + i), "gw1"));
    }
    List<IpAddress> eips =
        stage.commands(allocations).stream().map(outcome -> stage.granted(outcome).ip()).toList();
    List<Command.BindFip> fips = new ArrayList<>();
    for (int i = 0; i < EIPS; i++) {
      IpAddress inside = IpAddress.parse("192.168." + (i / 250) + "." + (1 + i % 250));
      fips.add(new Command.BindFip(eips.get(i), inside, "default", false, null));
    }
    stage.commands(fips);
    return eips;
  }

  private static void unbindInterleaved(
      Stage stage, SimulatedGateway fresh, List<IpAddress> eips, DesiredState desired) {
    List<Report> pieces = new ArrayList<>(fresh.pieces(desired.epoch(), desired.revision()));
    pieces.addAll(List.copyOf(pieces));
    Collections.shuffle(pieces, new Random(5114));
    List<CompletableFuture<?>> unbinds = new ArrayList<>();
    int next = 0;
    for (IpAddress ip : eips) {
      unbinds.add(stage.send(new Command.UnbindFip(ip, null)));
      stage.report(pieces.get(next++));
      stage.report(pieces.get(next++));
    }
    unbinds.forEach(CompletableFuture::join);
    stage.settleReports();
    fresh.sync();
  }

  private static void everyRuleKindDuringAMove(
      Stage stage, SimulatedGateway from, SimulatedGateway to, IpAddress ip) {
    stage.command(new Command.RescheduleGateway("gw1", "n1"));
    IpAddress inside = IpAddress.parse("192.168.9.9");
    IpAddress other = IpAddress.parse("192.168.9.10");
    Cidr source = Cidr.parse("192.168.9.0/24");
    List<Command> changes =
        List.of(
            new Command.BindFip(ip, inside, "default", false, null),
            new Command.BindFip(ip, other, "default", true, null),
            new Command.AddDnat(ip, Protocol.TCP, 443, inside, 8443, "default", false, null),
            new Command.AddDnat(ip, Protocol.TCP, 443, other, 8443, "default", true, null),
            new Command.AddSnat(ip, source, "default", null),
            new Command.UnbindFip(ip, null),
            new Command.RemoveDnat(ip, Protocol.TCP, 443, null),
            new Command.RemoveSnat(ip, source, null));
    boolean everReady = false;
    List<String> answers = new ArrayList<>();
    for (Command change : changes) {
      Outcome outcome = stage.command(change);
      answers.add(Stage.code(outcome));
      everReady |= stage.isReady(ip);
    }
    stage.check(
        "F-c",
        "bind, add, change, remove of every rule kind during the move: no EIP becomes ready by it",
        !everReady && answers.stream().allMatch("accepted"::equals),
        answers.size() + " changes, never ready");
    from.sync();
    stage.await("n2 is fenced", view -> gateway(view).unfenced().isEmpty());
    to.start();
    to.sync();
    stage.await(ip + " is ready again", view -> Stage.ready(view, ip));
  }

  private static void restartInPlace(Stage stage, SimulatedGateway agent, IpAddress ip) {
    long epoch = stage.read(view -> gateway(view).epoch());
    agent.start();
    long now = stage.read(view -> gateway(view).epoch());
    boolean notReady = !stage.isReady(ip);
    boolean moved =
        stage.events(1).stream()
            .anyMatch(e ->
                e instanceof Event.GatewayRescheduled r
                    && r.epoch() == now
                    && r.fromNode().equals(r.toNode()));
    agent.sync();
    stage.await(ip + " is ready again", view -> Stage.ready(view, ip));
    stage.check(
        "F-e",
        "the instance restarts in place with an empty kernel: a new epoch, ready only when observed again",
        now == epoch + 1 && notReady && moved,
        "epoch " + epoch + " -> " + now);
  }

  private static boolean seenInEpoch(Carriage carriage, long epoch) {
    return carriage.seen() != null && carriage.seen().epoch() == epoch;
  }

  private static Gateway gateway(View view) {
    Gateway gateway = view.state().gateways().get("gw1");
    if (gateway == null) {
      throw new IllegalStateException("gw1 is gone");
    }
    return gateway;
  }
}
