package io.holdfast.agent.linux;

import static io.holdfast.agent.linux.Changes.dnat;
import static io.holdfast.agent.linux.Changes.fip;
import static io.holdfast.agent.linux.Changes.ip;
import static io.holdfast.agent.linux.Changes.snat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.driver.Item;
import io.holdfast.agent.linux.kernel.Link;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import io.holdfast.agent.linux.kernel.Netns;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.net.IpAddress;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A removal that is cut short before its connections have ended: they end before anything is called
 * gone, so that the next holder of an EIP never shares it with the one before.
 */
@NeedsRoot
class LinuxSeveringIT extends OpenGateway {
  @BeforeEach
  void begin() throws Exception {
    driver.renew(driver.arm(Duration.ofMinutes(5)));
    driver.apply(
        new Changes()
            .address("10.1.2.3/16")
            .address("10.1.2.4/16")
            .rule("10.1.2.3", fip("192.168.0.2"))
            .rule("10.1.2.4", dnat(Protocol.TCP, 80, "192.168.0.3", 80))
            .rule("10.1.2.4", dnat(Protocol.TCP, 81, "192.168.0.3", 80))
            .rule("10.1.2.4", snat("192.168.7.0/24"))
            .done());
  }

  /** The EIP that is given up: its address and its rule. */
  private static Change withdrawal() {
    return new Changes().noAddress("10.1.2.3/16").noRule("10.1.2.3", fip("192.168.0.2")).done();
  }

  private static final Set<Item> WITHDRAWN =
      Set.of(new Item.Address(ip("10.1.2.3")), new Item.Rule(ip("10.1.2.3"), "fip"));

  /** An agent whose means to end connections fail: their socket is closed. */
  private Applier crippled(NetlinkSocket route, NetlinkSocket netfilter) throws IOException {
    NetlinkSocket closed = inGateway(NetlinkSocket.NETFILTER);
    closed.close();
    Elements elements = new Elements(netfilter, gateway.table());
    Addresses addresses = new Addresses(route);
    Netns namespace = new Netns(gateway.namespace());
    return new Applier(
        gateway,
        namespace,
        new Nft(gateway.namespace()),
        addresses,
        elements,
        new Looker(addresses, elements),
        new Severing(gateway.table(), elements, new Conntrack(closed)),
        new Announcer(namespace, gateway.external(), Link.find(route, gateway.external())));
  }

  private NetlinkSocket inGateway(int protocol) throws IOException {
    return new Netns(gateway.namespace()).in(() -> NetlinkSocket.open(protocol));
  }

  @Test
  void whatCannotBeSeveredIsNotCalledGone() throws Exception {
    try (Closeable _ = Peers.tcpServer(inside, "0.0.0.0", 80);
        Peers.Connection fip = Peers.connect(net.outside, "", "10.1.2.3", 80).orElseThrow();
        NetlinkSocket route = inGateway(NetlinkSocket.ROUTE);
        NetlinkSocket netfilter = inGateway(NetlinkSocket.NETFILTER)) {
      Link link = Link.find(route, gateway.external());
      Applier applier = crippled(route, netfilter);
      assertThatThrownBy(() -> applier.apply(link, withdrawal())).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> applier.look(link)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> applier.look(link, WITHDRAWN)).isInstanceOf(IOException.class);
      assertThat(fip.echoes()).isTrue();
    }
  }

  @Test
  void theNextAgentSeversWhatOneThatWasKilledLeft() throws Exception {
    try (Closeable _ = Peers.tcpServer(inside, "0.0.0.0", 80);
        Closeable _ = Peers.tcpServer(net.outside, "10.1.0.1", 8080);
        Peers.Connection in = Peers.connect(net.outside, "", "10.1.2.3", 80).orElseThrow();
        Peers.Connection out =
            Peers.connect(inside, "192.168.0.2", "10.1.0.1", 8080).orElseThrow();
        Peers.Connection other = Peers.connect(net.outside, "", "10.1.2.4", 80).orElseThrow()) {
      removedAndKilled();
      assertThat(in.echoes()).isTrue(); // what the next holder of the EIP must not meet
      driver = LinuxDriver.open(gateway);
      assertThat(driver.look(WITHDRAWN).absent()).isEqualTo(WITHDRAWN);
      assertThat(tracked()).doesNotContain("10.1.2.3"); // before its peers try again
      assertThat(in.echoes()).isFalse();
      assertThat(out.echoes()).isFalse();
      assertThat(other.echoes()).isTrue();
      assertThat(gated()).doesNotContain("10.1.2.3").contains("10.1.2.4");
    }
  }

  @Test
  void aFenceThatFollowsSeversItToo() throws Exception {
    try (Closeable _ = Peers.tcpServer(inside, "0.0.0.0", 80);
        Peers.Connection _ = Peers.connect(net.outside, "", "10.1.2.3", 80).orElseThrow()) {
      removedAndKilled();
      nft("delete table inet " + gateway.table()); // and the fence was cut short as well
      driver = LinuxDriver.open(gateway);
      driver.begin("second");
      assertThat(tracked()).doesNotContain("10.1.2.3");
    }
  }

  /** As far as a change comes before its connections end; the agent is not there any more then. */
  private void removedAndKilled() {
    driver.close();
    net.ip("gw", "addr del 10.1.2.3/16 dev ext");
    nft("delete element inet " + gateway.table() + " fip_in4 { 10.1.2.3 }");
    nft("delete element inet " + gateway.table() + " fip_out4 { 192.168.0.2 }");
    assertThat(gated()).contains("10.1.2.3");
  }

  @Test
  void aLookSeversWhatNoRuleLeadsTo() throws Exception {
    try (Closeable _ = Peers.tcpServer(inside, "0.0.0.0", 80);
        Closeable _ = Peers.tcpServer(net.outside, "10.1.0.1", 8080);
        Peers.Connection fip = Peers.connect(net.outside, "", "10.1.2.3", 80).orElseThrow();
        Peers.Connection port80 = Peers.connect(net.outside, "", "10.1.2.4", 80).orElseThrow();
        Peers.Connection port81 = Peers.connect(net.outside, "", "10.1.2.4", 81).orElseThrow();
        Peers.Connection snat =
            Peers.connect(inside, "192.168.7.2", "10.1.0.1", 8080).orElseThrow()) {
      driver.look();
      assertThat(List.of(fip.echoes(), port80.echoes(), port81.echoes(), snat.echoes()))
          .containsOnly(true);
      nft("delete element inet " + gateway.table() + " dnat4 { 10.1.2.4 . tcp . 80 }");
      driver.look();
      assertThat(port80.echoes()).isFalse();
      assertThat(snat.echoes()).isTrue();
      nft("delete element inet " + gateway.table() + " snat4_24 { 192.168.7.0 }");
      driver.look();
      assertThat(snat.echoes()).isFalse();
      assertThat(List.of(fip.echoes(), port81.echoes())).containsOnly(true);
    }
  }

  /** In a namespace that was given: what others translate there is theirs. */
  @Test
  void translationsOfOthersGoOn() throws Exception {
    net.ip("gw", "addr add 10.1.9.9/16 dev ext");
    nft("add table ip mine");
    nft("add chain ip mine pre { type nat hook prerouting priority -150 ; }");
    nft("add rule ip mine pre ip daddr 10.1.9.9 tcp dport 82 dnat to 192.168.0.3:80");
    try (Closeable _ = Peers.tcpServer(inside, "0.0.0.0", 80);
        Peers.Connection theirs = Peers.connect(net.outside, "", "10.1.9.9", 82).orElseThrow()) {
      driver.look();
      assertThat(theirs.echoes()).isTrue();
    }
  }

  @Test
  void ofSeveralRemovalsTheRefusedOneIsNamedAndTheOthersGo() throws Exception {
    driver.apply(new Changes().address("2001:db8:1::3/64").done());
    Addresses.Entry good = new Addresses.Entry(ip("2001:db8:1::3"), 64);
    Addresses.Entry bad = new Addresses.Entry(ip("2001:db8:1::4"), 129); // the kernel has no such
    try (NetlinkSocket route = inGateway(NetlinkSocket.ROUTE)) {
      Link link = Link.find(route, gateway.external());
      List<Addresses.Refused> refused =
          new Addresses(route).remove(link.index(), List.of(bad, good));
      assertThat(refused).extracting(Addresses.Refused::entry).containsExactly(bad);
      assertThat(refused.getFirst().words()).contains("2001:db8:1::4/129");
    }
    assertThat(driver.look().addresses())
        .extracting(Inventory.Address::ip)
        .containsExactlyInAnyOrder(ip("10.1.2.3"), ip("10.1.2.4"));
  }

  /** Nothing is left of .3; .4 was refused; .5 is there with another prefix length, too. */
  @Test
  void whatWasRefusedDoesNotKeepTheOthersFromBeingGone() {
    Map<IpAddress, List<Inventory.Address>> there =
        Map.of(
            ip("10.1.2.3"), List.of(new Inventory.Address(ip("10.1.2.3"), 16, true)),
            ip("10.1.2.4"), List.of(new Inventory.Address(ip("10.1.2.4"), 16, true)),
            ip("10.1.2.5"),
                List.of(
                    new Inventory.Address(ip("10.1.2.5"), 16, true),
                    new Inventory.Address(ip("10.1.2.5"), 24, true)));
    Set<Addresses.Entry> removed =
        Set.of(new Addresses.Entry(ip("10.1.2.3"), 16), new Addresses.Entry(ip("10.1.2.5"), 16));
    assertThat(Applier.gone(removed, there)).containsExactly(ip("10.1.2.3"));
  }

  private String nft(String command) {
    Shell.Result result = net.in("gw", "nft " + command);
    assertThat(result.code()).as(result.output()).isZero();
    return result.output();
  }

  private String gated() {
    return nft("list set netdev " + gateway.table() + " eip4");
  }

  private String tracked() {
    return net.in("gw", "conntrack -L -f ipv4").output();
  }
}
