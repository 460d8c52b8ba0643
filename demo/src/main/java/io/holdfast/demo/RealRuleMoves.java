package io.holdfast.demo;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** What else of {@link RealRescheduleStory}: rules of every kind, and two moves at once. */
final class RealRuleMoves {
  private static final IpAddress INSIDE = IpAddress.parse("192.168.0.2");
  private static final IpAddress OTHER = IpAddress.parse("192.168.0.99");
  private static final Cidr SOURCE = Cidr.parse("192.168.7.0/24");
  private static final Cidr OTHER_SOURCE = Cidr.parse("192.168.8.0/24");

  private RealRuleMoves() {}

  /** Rules are bound, added, changed and removed while gw1 goes from n2 to n1. */
  static void everyRuleKind(Stage stage, RealWorld world, List<IpAddress> eips) {
    stage.commands(List.of(dnat(eips.get(3)), snat(eips.get(4), OTHER_SOURCE)));
    stage.repeat(
        "the rules are in the kernel of n2",
        () ->
            world.map("n2-gw1", stage.network(), "dnat4").size() == 1
                && world.map("n2-gw1", stage.network(), "snat4_24").size() == 1);
    stage.command(new Command.RescheduleGateway("gw1", "n1"));
    IpAddress changed = IpAddress.parse("192.168.0.98");
    List<Command> changes =
        List.of(
            new Command.BindFip(eips.get(1), OTHER, "vpc", false, null),
            new Command.BindFip(eips.getFirst(), changed, "vpc", true, null),
            dnat(eips.get(2)),
            snat(eips.get(5), SOURCE),
            new Command.RemoveDnat(eips.get(3), Protocol.TCP, 443, null),
            new Command.RemoveSnat(eips.get(4), OTHER_SOURCE, null));
    List<String> codes = new ArrayList<>();
    List<IpAddress> wrong = new ArrayList<>();
    List<Integer> called = new ArrayList<>();
    stage.repeat(
        "all are called ready on n1, and all rules are changed",
        () -> {
          if (codes.size() < changes.size()) {
            codes.add(Stage.code(stage.command(changes.get(codes.size()))));
          }
          List<IpAddress> ready = RealRescheduleStory.ready(stage, eips);
          wrong.addAll(RealRescheduleStory.missing(world, "n1-gw1", ready));
          called.add(ready.size());
          return ready.size() == eips.size() && codes.size() == changes.size();
        });
    stage.check(
        "F-c",
        "rules of all kinds bound, changed, removed meanwhile: an EIP is ready by the kernel alone",
        wrong.isEmpty() && codes.stream().allMatch("accepted"::equals),
        "asked " + called.size() + " times, wrong " + wrong + ", answers " + codes);
    stage.repeat("the kernel of n1 has the rules, and no other", () -> rules(stage, world, eips));
    stage.check(
        "F-c",
        "what was added or changed is in the kernel of n1, what was removed is in none",
        rules(stage, world, eips)
            && world.map("n2-gw1", stage.network(), "dnat4").isEmpty()
            && world.fips("n2-gw1", stage.network()).isEmpty(),
        world.map("n1-gw1", stage.network(), "dnat4"));
  }

  private static Command dnat(IpAddress ip) {
    return new Command.AddDnat(ip, Protocol.TCP, 443, INSIDE, 80, "vpc", false, null);
  }

  private static Command snat(IpAddress ip, Cidr source) {
    return new Command.AddSnat(ip, source, "vpc", null);
  }

  private static boolean rules(Stage stage, RealWorld world, List<IpAddress> eips) {
    List<String> fips = world.fips("n1-gw1", stage.network());
    List<String> dnats = world.map("n1-gw1", stage.network(), "dnat4");
    List<String> snats = world.map("n1-gw1", stage.network(), "snat4_24");
    return fips.size() == 2
        && has(fips, eips.getFirst() + " ", ": 192.168.0.98")
        && has(fips, eips.get(1) + " ", ": " + OTHER)
        && dnats.size() == 1
        && has(dnats, eips.get(2) + " . tcp . 443 ", ": " + INSIDE + " . 80")
        && snats.size() == 1
        && has(snats, "192.168.7.0 ", ": " + eips.get(5));
  }

  private static boolean has(List<String> lines, String key, String value) {
    return lines.stream().anyMatch(line -> line.startsWith(key) && line.endsWith(value));
  }

  /** gw1 goes from n1 to n2 while gw2 comes the other way. */
  static void twoAtOnce(Stage stage, RealWorld world, List<IpAddress> first) {
    stage.command(
        new Command.DefineGateway("gw2", List.of("n2", "n1"), Failover.FENCE_FIRST, 10_000, 3, 0));
    List<IpAddress> second = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Command allocate = Stage.allocate("external", Stage.owner("second" + i), "gw2");
      second.add(stage.granted(stage.command(allocate)).ip());
    }
    stage.await("gw2 is ready", view -> second.stream().allMatch(ip -> Stage.ready(view, ip)));
    stage.commands(
        List.of(
            new Command.RescheduleGateway("gw1", "n2"),
            new Command.RescheduleGateway("gw2", "n1")));
    List<IpAddress> wrong = new ArrayList<>();
    stage.repeat(
        "all are called ready where they went",
        () -> {
          List<IpAddress> readyFirst = RealRescheduleStory.ready(stage, first);
          List<IpAddress> readySecond = RealRescheduleStory.ready(stage, second);
          wrong.addAll(RealRescheduleStory.missing(world, "n2-gw1", readyFirst));
          wrong.addAll(RealRescheduleStory.missing(world, "n1-gw2", readySecond));
          return readyFirst.size() == first.size() && readySecond.size() == second.size();
        });
    int firstOn1 = world.addresses("n1-gw1").size();
    int firstOn2 = world.addresses("n2-gw1").size();
    int secondOn1 = world.addresses("n1-gw2").size();
    int secondOn2 = world.addresses("n2-gw2").size();
    stage.check(
        "F-d",
        "two gateways change places at once: what is ready is where it belongs, and nowhere else",
        wrong.isEmpty()
            && firstOn1 == 0
            && firstOn2 == first.size()
            && secondOn1 == second.size()
            && secondOn2 == 0,
        "gw1: %d on n1, %d on n2; gw2: %d on n1, %d on n2; wrong %s"
            .formatted(firstOn1, firstOn2, secondOn1, secondOn2, wrong));
  }
}
