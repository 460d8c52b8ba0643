package io.holdfast.agent.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.DesiredState;
import io.holdfast.domain.view.DesiredState.DesiredAddress;
import io.holdfast.domain.view.DesiredState.DesiredRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Any wish, any mess: what the plan does to a gateway leads to exactly what is wanted, and touches
 * nothing foreign. The gateway here is a set of texts that knows nothing of plans.
 */
class RandomPlanTest {
  private static final int WORLDS = 3_000;

  @Test
  void aPlanLeadsToWhatIsWantedAndLeavesWhatIsForeign() {
    for (long seed = 0; seed < WORLDS; seed++) {
      play(seed);
    }
  }

  private static void play(long seed) {
    Random dice = new Random(seed);
    DesiredState desired = wish(dice);
    List<Inventory.Address> addresses = new ArrayList<>();
    List<Inventory.Rule> rules = new ArrayList<>();
    TreeSet<String> ours = new TreeSet<>();
    TreeSet<String> foreign = new TreeSet<>();
    mess(dice, addresses, rules, ours, foreign);
    Change change = Plan.of(desired, Inventory.complete(addresses, rules));

    TreeSet<String> foreignBefore = new TreeSet<>(foreign);
    for (Change.RuleRemoval r : change.removeRules()) {
      assertThat(ours.remove(text(r.ip(), r.rule(), r.target()))).as("seed %d", seed).isTrue();
    }
    for (Change.AddressRemoval a : change.removeAddresses()) {
      assertThat(ours.remove(a.ip() + "/" + a.prefixLength())).as("seed %d", seed).isTrue();
    }
    for (Change.AddressAddition a : change.addAddresses()) {
      String text = a.ip() + "/" + a.prefixLength();
      foreign.remove(text); // it became ours
      assertThat(ours.add(text)).as("seed %d: %s twice", seed, text).isTrue();
    }
    for (Change.RuleAddition r : change.addRules()) {
      String text = text(r.ip(), r.spec().id(), r.spec().target());
      foreign.remove(text);
      assertThat(ours.add(text)).as("seed %d: %s twice", seed, text).isTrue();
    }

    TreeSet<String> wanted = new TreeSet<>();
    desired.addresses().forEach(a -> wanted.add(a.ip() + "/" + a.prefixLength()));
    desired.rules().forEach(r -> wanted.add(text(r.ip(), r.spec().id(), r.spec().target())));
    assertThat(ours).as("seed %d", seed).isEqualTo(wanted);
    foreignBefore.removeAll(wanted);
    assertThat(foreign).as("seed %d", seed).isEqualTo(foreignBefore);
  }

  private static String text(IpAddress ip, String rule, String target) {
    return ip + " " + rule + " " + target;
  }

  private static IpAddress ip(Random dice) {
    return IpAddress.parse(
        dice.nextInt(4) == 0 ? "2001:db8::" + dice.nextInt(4) : "10.0.0." + dice.nextInt(6));
  }

  private static RuleSpec spec(Random dice) {
    IpAddress inside = IpAddress.parse("192.168.0." + dice.nextInt(3));
    return switch (dice.nextInt(3)) {
      case 0 -> new RuleSpec.Fip(inside, "v");
      case 1 -> new RuleSpec.Dnat(Protocol.TCP, 80 + dice.nextInt(2), inside, 8080, "v");
      default -> new RuleSpec.Snat(Cidr.parse("192.168." + dice.nextInt(3) + ".0/24"), "v");
    };
  }

  private static DesiredState wish(Random dice) {
    List<DesiredAddress> addresses = new ArrayList<>();
    List<DesiredRule> rules = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    for (int i = dice.nextInt(8); i > 0; i--) {
      IpAddress ip = ip(dice);
      if (names.add(ip.toString())) {
        addresses.add(new DesiredAddress(ip, 22 + dice.nextInt(3), 5, 50));
        for (int j = dice.nextInt(4); j > 0; j--) {
          RuleSpec spec = spec(dice);
          if (names.add(ip + " " + spec.id())) {
            rules.add(new DesiredRule(ip, 5, spec, 50));
          }
        }
      }
    }
    return new DesiredState(
        "gw", "n", "i", 3, 60, "", addresses, rules, List.of(), List.of(), 10_000);
  }

  private static void mess(
      Random dice,
      List<Inventory.Address> addresses,
      List<Inventory.Rule> rules,
      Set<String> ours,
      Set<String> foreign) {
    for (int i = dice.nextInt(8); i > 0; i--) {
      Inventory.Address a =
          new Inventory.Address(ip(dice), 22 + dice.nextInt(3), dice.nextBoolean());
      String text = a.ip() + "/" + a.prefixLength();
      if (!ours.contains(text) && !foreign.contains(text)) {
        addresses.add(a);
        (a.ours() ? ours : foreign).add(text);
      }
    }
    for (int i = dice.nextInt(8); i > 0; i--) {
      RuleSpec spec = spec(dice);
      String target = dice.nextInt(5) == 0 ? "half:" + spec.target() : spec.target();
      Inventory.Rule r = new Inventory.Rule(ip(dice), spec.id(), target, dice.nextInt(3) > 0);
      String text = text(r.ip(), r.rule(), r.target());
      if (!ours.contains(text) && !foreign.contains(text)) {
        rules.add(r);
        (r.ours() ? ours : foreign).add(text);
      }
    }
  }
}
