package io.holdfast.agent.linux;

import static io.holdfast.agent.linux.Changes.ip;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.driver.Item;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is looked at is what was applied, whole and in parts, by another driver too. */
@NeedsRoot
class LinuxLookIT {
  private static final int STEPS = 30;

  /** What should be there, kept by the test alone. */
  private static final class Model {
    final Map<IpAddress, Integer> addresses = new TreeMap<>();
    final Map<Item.Rule, RuleSpec> rules = new HashMap<>();

    boolean usesInternal(RuleSpec spec) {
      return spec.exclusive() != null
          && rules.values().stream().anyMatch(r -> spec.exclusive().equals(r.exclusive()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aLookShowsWhatWasApplied(long seed) throws Exception {
    Random random = new Random(seed);
    try (TestNet net = new TestNet()) {
      LinuxGateway gateway = net.gateway("gw", Duration.ZERO);
      Model model = new Model();
      try (LinuxDriver driver = LinuxDriver.open(gateway);
          LinuxDriver reader = LinuxDriver.open(gateway)) {
        driver.begin("first");
        AtomicBoolean done = new AtomicBoolean();
        FutureTask<Integer> renewals = new FutureTask<>(() -> renew(driver, done));
        Thread.ofPlatform().start(renewals);
        for (int step = 0; step < STEPS; step++) {
          int size = step == 10 ? 600 : 1 + random.nextInt(20);
          Changes changes = new Changes();
          Set<Item> touched = new HashSet<>();
          for (int i = 0; i < size; i++) {
            change(random, model, changes, touched);
          }
          driver.apply(changes.done());
          check(reader, model, random, "seed " + seed + " step " + step);
        }
        done.set(true);
        assertThat(renewals.get()).isPositive();
        driver.clear();
        assertThat(reader.look()).isEqualTo(Inventory.empty());
      }
    }
  }

  /** Leases are renewed by another thread than the one that changes and looks. */
  private static int renew(LinuxDriver driver, AtomicBoolean done) throws Exception {
    int count = 0;
    while (!done.get()) {
      driver.renew(driver.arm(Duration.ofMinutes(5)));
      count++;
      Thread.sleep(2);
    }
    return count;
  }

  /** One random change that suits the model; nothing is changed twice in one go. */
  private static void change(Random random, Model model, Changes changes, Set<Item> touched) {
    boolean six = random.nextInt(3) == 0;
    IpAddress eip =
        ip(
            (six ? "2001:db8:1::" : "10.1.2.")
                + (six ? Integer.toHexString(random.nextInt(1, 250)) : random.nextInt(1, 250)));
    if (!model.addresses.containsKey(eip)) {
      int length = six ? 64 : 16 + random.nextInt(2) * 8;
      model.addresses.put(eip, length);
      changes.address(eip + "/" + length);
      return;
    }
    RuleSpec spec = spec(random, six);
    Item.Rule item = new Item.Rule(eip, spec.id());
    if (!touched.add(item)) {
      return;
    }
    RuleSpec there = model.rules.get(item);
    if (there != null && random.nextInt(3) == 0) {
      changes.noRule(eip.toString(), there);
      model.rules.remove(item);
    } else if (there == null && !model.usesInternal(spec)) {
      model.rules.put(item, spec);
      changes.rule(eip.toString(), spec);
    }
  }

  private static RuleSpec spec(Random random, boolean six) {
    String host =
        six
            ? "fd00::" + Integer.toHexString(random.nextInt(1, 60000))
            : "192.168." + random.nextInt(100) + "." + random.nextInt(1, 255);
    return switch (random.nextInt(3)) {
      case 0 -> Changes.fip(host);
      case 1 ->
          Changes.dnat(
              List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP).get(random.nextInt(3)),
              random.nextInt(1, 65536),
              host,
              random.nextInt(1, 65536));
      default -> {
        int length = random.nextInt(six ? 129 : 33);
        yield new RuleSpec.Snat(io.holdfast.domain.net.Cidr.around(ip(host), length), "vpc");
      }
    };
  }

  private static void check(LinuxDriver driver, Model model, Random random, String at)
      throws Exception {
    List<Inventory.Address> addresses = new ArrayList<>();
    model.addresses.forEach((ip, length) -> addresses.add(new Inventory.Address(ip, length, true)));
    List<Inventory.Rule> rules = new ArrayList<>();
    model.rules.forEach(
        (item, spec) -> rules.add(new Inventory.Rule(item.ip(), item.rule(), spec.target(), true)));
    Inventory all = driver.look();
    assertThat(all.addresses()).as(at).containsExactlyInAnyOrderElementsOf(addresses);
    assertThat(all.rules()).as(at).containsExactlyInAnyOrderElementsOf(rules);

    Set<Item> asked = new HashSet<>();
    Set<Item> absent = new HashSet<>();
    model.addresses.keySet().stream()
        .filter(_ -> random.nextInt(10) == 0)
        .forEach(ip -> asked.add(new Item.Address(ip)));
    model.rules.keySet().stream().filter(_ -> random.nextInt(10) == 0).forEach(asked::add);
    absent.add(new Item.Address(ip("10.1.3." + random.nextInt(256))));
    absent.add(new Item.Address(ip("2001:db8:1:1::" + random.nextInt(100))));
    absent.add(new Item.Rule(ip("10.1.3.1"), "fip"));
    absent.add(new Item.Rule(ip("10.1.3.1"), "dnat/tcp/80"));
    absent.add(new Item.Rule(ip("2001:db8:1:1::1"), "snat/fd01::/97"));
    asked.addAll(absent);
    Inventory some = driver.look(asked);
    assertThat(some.complete()).isFalse();
    assertThat(some.absent()).as(at).isEqualTo(absent);
    assertThat(some.addresses())
        .as(at)
        .containsExactlyInAnyOrderElementsOf(
            addresses.stream().filter(a -> asked.contains(new Item.Address(a.ip()))).toList());
    assertThat(some.rules())
        .as(at)
        .containsExactlyInAnyOrderElementsOf(
            rules.stream().filter(r -> asked.contains(new Item.Rule(r.ip(), r.rule()))).toList());
  }

  @Test
  void anAgentThatIsStartedAnewFindsTheMark() throws Exception {
    try (TestNet net = new TestNet()) {
      LinuxGateway gateway = net.gateway("gw", Duration.ZERO);
      try (LinuxDriver driver = LinuxDriver.open(gateway)) {
        assertThat(driver.instance()).isEmpty();
        assertThat(driver.look()).isEqualTo(Inventory.empty());
        driver.begin("boot-1.gw_7");
        driver.renew(driver.arm(Duration.ofMinutes(5)));
        driver.apply(new Changes().address("10.1.2.3/16").done());
      }
      try (LinuxDriver driver = LinuxDriver.open(gateway)) {
        assertThat(driver.instance()).isEqualTo("boot-1.gw_7");
        assertThat(driver.look().addresses())
            .containsExactly(new Inventory.Address(ip("10.1.2.3"), 16, true));
        driver.renew(driver.arm(Duration.ofMinutes(5)));
        assertThat(net.answersArp("10.1.2.3")).isTrue();

        // somebody flushes everything: no mark, and what Holdfast put there is still known
        net.in("gw", "nft flush ruleset");
        assertThat(driver.instance()).isEmpty();
        assertThat(driver.look().addresses())
            .containsExactly(new Inventory.Address(ip("10.1.2.3"), 16, true));
        driver.begin("second");
        assertThat(driver.look()).isEqualTo(Inventory.empty());
        assertThat(driver.instance()).isEqualTo("second");
      }
    }
  }
}
