package io.holdfast.agent.linux;

import static io.holdfast.agent.linux.Changes.dnat;
import static io.holdfast.agent.linux.Changes.fip;
import static io.holdfast.agent.linux.Changes.ip;
import static io.holdfast.agent.linux.Changes.snat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.driver.Item;
import io.holdfast.domain.model.Protocol;
import java.io.Closeable;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exactly what was named goes, at once, and what others put there stays. */
@NeedsRoot
class LinuxRemovalIT extends OpenGateway {
  @BeforeEach
  void begin() throws Exception {
    driver.renew(driver.arm(Duration.ofMinutes(5)));
  }

  private boolean isOnInterface(String address) {
    return net.ip("gw", "-o addr show dev ext").contains(" " + address + " ");
  }

  /** Kube-OVN #4718; .205 is the first of its prefix, whose removal takes all others by default. */
  @Test
  void ofTwoAddressesOnlyTheReleasedOneGoes() throws Exception {
    driver.apply(
        new Changes()
            .address("10.1.69.205/16")
            .address("10.1.69.206/16")
            .address("2001:db8:1::205/64")
            .address("2001:db8:1::206/64")
            .done());
    driver.apply(new Changes().noAddress("10.1.69.205/16").noAddress("2001:db8:1::205/64").done());
    assertThat(isOnInterface("10.1.69.205/16")).isFalse();
    assertThat(isOnInterface("10.1.69.206/16")).isTrue();
    assertThat(isOnInterface("2001:db8:1::205/64")).isFalse();
    assertThat(isOnInterface("2001:db8:1::206/64")).isTrue();
    assertThat(net.answersArp("10.1.69.205")).isFalse();
    assertThat(net.answersArp("10.1.69.206")).isTrue();
    assertThat(net.answersSolicitation("2001:db8:1::205")).isFalse();
    assertThat(net.answersSolicitation("2001:db8:1::206")).isTrue();
  }

  /** The kernel by itself takes all routes of an interface away with its last address. */
  @Test
  void routesSurviveTheLastAddress() throws Exception {
    net.ip("gw", "route add default via 10.1.0.1 dev ext onlink");
    driver.apply(new Changes().address("10.1.69.205/16").done());
    driver.apply(new Changes().noAddress("10.1.69.205/16").done());
    assertThat(driver.look()).isEqualTo(Inventory.empty());
    driver.apply(new Changes().address("10.1.69.206/16").done());
    driver.clear();
    driver.begin("second");
    assertThat(net.ip("gw", "route")).contains("default via 10.1.0.1 dev ext");
    assertThat(net.answersArp("192.0.0.8")).isFalse();
  }

  @Test
  void anAddressWithAnotherPrefixLengthIsNotTheOneToRemove() throws Exception {
    driver.apply(new Changes().address("10.1.69.205/16").done());
    driver.apply(new Changes().noAddress("10.1.69.205/23").done());
    assertThat(isOnInterface("10.1.69.205/16")).isTrue();
    assertThat(driver.look().addresses())
        .containsExactly(new Inventory.Address(ip("10.1.69.205"), 16, true));
  }

  @Test
  void whatOthersPutThereIsSeenAndStays() throws Exception {
    net.ip("gw", "addr add 10.1.9.9/16 dev ext");
    net.ip("gw", "addr add 2001:db8:1::99/64 dev ext nodad");
    nft("add element inet " + gateway.table() + " fip_in4 { 10.1.9.9 : 192.168.0.9 }");
    nft("add table ip mine");
    driver.apply(new Changes().address("10.1.2.3/16").rule("10.1.2.3", fip("192.168.0.2")).done());

    Inventory seen = driver.look();
    assertThat(seen.addresses())
        .containsExactlyInAnyOrder(
            new Inventory.Address(ip("10.1.9.9"), 16, false),
            new Inventory.Address(ip("2001:db8:1::99"), 64, false),
            new Inventory.Address(ip("10.1.2.3"), 16, true));
    assertThat(seen.rules())
        .containsExactlyInAnyOrder(
            new Inventory.Rule(ip("10.1.9.9"), "fip", "half:192.168.0.9", false),
            new Inventory.Rule(ip("10.1.2.3"), "fip", "192.168.0.2", true));

    assertThatThrownBy(() ->
            driver.apply(
                new Changes()
                    .noAddress("10.1.9.9/16")
                    .noAddress("2001:db8:1::99/64")
                    .noRule("10.1.9.9", "fip", "half:192.168.0.9")
                    .done()))
        .isInstanceOf(DriverException.class)
        .hasMessageContaining("10.1.9.9/16: Holdfast did not put it there");
    assertThat(driver.look()).isEqualTo(seen);

    driver.clear();
    assertThat(isOnInterface("10.1.2.3/16")).isFalse();
    assertThat(isOnInterface("10.1.9.9/16")).isTrue();
    assertThat(isOnInterface("2001:db8:1::99/64")).isTrue();
    assertThat(nft("list tables").lines()).containsExactly("table ip mine");
    assertThat(driver.instance()).isEmpty();
  }

  @Test
  void connectionsEndWithTheirRuleAndOthersGoOn() throws Exception {
    driver.apply(
        new Changes()
            .address("10.1.2.3/16")
            .address("10.1.2.4/16")
            .address("2001:db8:1::3/64")
            .rule("10.1.2.3", fip("192.168.0.2"))
            .rule("10.1.2.4", dnat(Protocol.TCP, 80, "192.168.0.3", 80))
            .rule("10.1.2.4", dnat(Protocol.TCP, 81, "192.168.0.3", 80))
            .rule("10.1.2.4", snat("192.168.7.0/24"))
            .rule("2001:db8:1::3", fip("fd00::2"))
            .done());
    try (Closeable _ = Peers.tcpServer(inside, "0.0.0.0", 80);
        Closeable _ = Peers.tcpServer(inside, "::", 81);
        Closeable _ = Peers.tcpServer(net.outside, "10.1.0.1", 8080);
        Peers.Connection fip = Peers.connect(net.outside, "", "10.1.2.3", 80).orElseThrow();
        Peers.Connection out =
            Peers.connect(inside, "192.168.0.2", "10.1.0.1", 8080).orElseThrow();
        Peers.Connection six = Peers.connect(net.outside, "", "2001:db8:1::3", 81).orElseThrow();
        Peers.Connection port80 = Peers.connect(net.outside, "", "10.1.2.4", 80).orElseThrow();
        Peers.Connection port81 = Peers.connect(net.outside, "", "10.1.2.4", 81).orElseThrow();
        Peers.Connection snat =
            Peers.connect(inside, "192.168.7.2", "10.1.0.1", 8080).orElseThrow()) {
      assertThat(tracked()).contains("10.1.2.3", "2001:db8:1::3");

      driver.apply(
          new Changes()
              .noRule("10.1.2.3", fip("192.168.0.2"))
              .noRule("2001:db8:1::3", fip("fd00::2"))
              .done());
      assertThat(tracked()).doesNotContain("10.1.2.3", "2001:db8:1::3");
      assertThat(fip.echoes()).isFalse();
      assertThat(out.echoes()).isFalse();
      assertThat(six.echoes()).isFalse();
      assertThat(port80.echoes()).isTrue();
      assertThat(port81.echoes()).isTrue();
      assertThat(snat.echoes()).isTrue();

      driver.apply(
          new Changes().noRule("10.1.2.4", dnat(Protocol.TCP, 80, "192.168.0.3", 80)).done());
      assertThat(port80.echoes()).isFalse();
      assertThat(port81.echoes()).isTrue();
      assertThat(snat.echoes()).isTrue();

      driver.apply(new Changes().noRule("10.1.2.4", snat("192.168.7.0/24")).done());
      assertThat(snat.echoes()).isFalse();
      assertThat(port81.echoes()).isTrue();

      driver.apply(
          new Changes()
              .noAddress("10.1.2.4/16")
              .noRule("10.1.2.4", dnat(Protocol.TCP, 81, "192.168.0.3", 80))
              .done());
      assertThat(tracked()).doesNotContain("10.1.2.4");
      assertThat(port81.echoes()).isFalse();
    }
  }

  @Test
  void aFipThatGetsAnotherTargetLeavesNothingOfTheOldOne() throws Exception {
    driver.apply(new Changes().address("10.1.2.3/16").rule("10.1.2.3", fip("192.168.0.2")).done());
    driver.apply(
        new Changes()
            .noRule("10.1.2.3", fip("192.168.0.2"))
            .rule("10.1.2.3", fip("192.168.0.3"))
            .done());
    assertThat(driver.look().rules())
        .containsExactly(new Inventory.Rule(ip("10.1.2.3"), "fip", "192.168.0.3", true));
    driver.apply(new Changes().rule("10.1.2.3", fip("192.168.0.2")).done());
    assertThat(driver.look().rules())
        .containsExactly(new Inventory.Rule(ip("10.1.2.3"), "fip", "192.168.0.2", true));
    // what is removed is the rule that was named, not its successor
    driver.apply(new Changes().noRule("10.1.2.3", fip("192.168.0.3")).done());
    assertThat(driver.look().rules())
        .containsExactly(new Inventory.Rule(ip("10.1.2.3"), "fip", "192.168.0.2", true));
  }

  @Test
  void anInternalAddressHasOneFip() throws Exception {
    driver.apply(
        new Changes()
            .address("10.1.2.3/16")
            .address("10.1.2.4/16")
            .rule("10.1.2.3", fip("192.168.0.2"))
            .done());
    assertThatThrownBy(
            () -> driver.apply(new Changes().rule("10.1.2.4", fip("192.168.0.2")).done()))
        .isInstanceOf(DriverException.class)
        .hasMessageContaining("fip_out4 has 192.168.0.2 for 10.1.2.3 already");
    assertThat(driver.look().rules())
        .containsExactly(new Inventory.Rule(ip("10.1.2.3"), "fip", "192.168.0.2", true));
  }

  @Test
  void halfOfAFipIsNeitherThereNorGone() throws Exception {
    Set<Item> item = Set.of(new Item.Rule(ip("10.1.2.3"), "fip"));
    driver.apply(new Changes().address("10.1.2.3/16").rule("10.1.2.3", fip("192.168.0.2")).done());
    nft("delete element inet " + gateway.table() + " fip_in4 { 10.1.2.3 }");
    Inventory.Rule half = new Inventory.Rule(ip("10.1.2.3"), "fip", "half:192.168.0.2", true);
    assertThat(driver.look().rules()).containsExactly(half);
    assertThat(driver.look(item).rules()).containsExactly(half);
    assertThat(driver.look(item).absent()).isEmpty();
    driver.apply(new Changes().noRule("10.1.2.3", "fip", "half:192.168.0.2").done());
    assertThat(driver.look().rules()).isEmpty();
    assertThat(driver.look(item).absent()).isEqualTo(item);
  }

  @Test
  void anAddressThatSomebodyElseHasIsNotTaken() throws Exception {
    net.host("other", "10.1.2.3/16", "2001:db8:1::3/64");
    String mac = net.ip("other", "-br link show ext").split(" +", -1)[2];
    assertThatThrownBy(() ->
            driver.apply(
                new Changes()
                    .address("10.1.2.3/16")
                    .address("10.1.2.4/16")
                    .address("2001:db8:1::3/64")
                    .rule("10.1.2.3", fip("192.168.0.2"))
                    .rule("10.1.2.4", fip("192.168.0.3"))
                    .done()))
        .isInstanceOf(DriverException.class)
        .hasMessageContaining("add 10.1.2.3/16: " + mac + " answers for it")
        .hasMessageContaining("add 2001:db8:1::3/64: " + mac + " answers for it");
    Inventory seen = driver.look();
    assertThat(seen.addresses()).containsExactly(new Inventory.Address(ip("10.1.2.4"), 16, true));
    assertThat(seen.rules())
        .containsExactly(new Inventory.Rule(ip("10.1.2.4"), "fip", "192.168.0.3", true));
  }

  @Test
  void aTransactionThatFailsChangesNothing() throws Exception {
    driver.apply(new Changes().address("10.1.2.3/16").rule("10.1.2.3", fip("192.168.0.2")).done());
    Inventory before = driver.look();
    NftChange change = new NftChange(gateway.table());
    change.delete(NatRules.elements(ip("10.1.2.3"), fip("192.168.0.2"), 1));
    change.add(NatRules.elements(ip("10.1.2.9"), fip("192.168.0.9"), 1));
    change.delete(NatRules.elements(ip("10.1.2.8"), fip("192.168.0.8"), 1)); // is not there
    Nft nft = new Nft(gateway.namespace());
    assertThatThrownBy(() -> nft.runJson("test", change.bytes()))
        .isInstanceOf(DriverException.class)
        .hasMessageContaining("No such file or directory");
    assertThat(driver.look()).isEqualTo(before);
  }

  private String nft(String command) {
    Shell.Result result = net.in("gw", "nft " + command);
    assertThat(result.code()).as(result.output()).isZero();
    return result.output();
  }

  private String tracked() {
    return net.in("gw", "conntrack -L -f ipv4").output()
        + net.in("gw", "conntrack -L -f ipv6").output();
  }
}
