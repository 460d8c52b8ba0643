package io.holdfast.agent.linux;

import static io.holdfast.agent.linux.Changes.dnat;
import static io.holdfast.agent.linux.Changes.fip;
import static io.holdfast.agent.linux.Changes.snat;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.model.Protocol;
import java.io.Closeable;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real TCP and UDP through a gateway. */
@NeedsRoot
class LinuxTrafficIT extends OpenGateway {
  private static final String OUTSIDE = "10.1.0.1";
  private static final String OUTSIDE_V6 = "2001:db8:1::1";

  @BeforeEach
  void begin() throws Exception {
    driver.renew(driver.arm(Duration.ofMinutes(5)));
  }

  @Test
  void aFipCarriesBothWays() throws Exception {
    driver.apply(
        new Changes()
            .address("10.1.2.3/16")
            .address("10.1.2.4/16")
            .address("2001:db8:1::3/64")
            .rule("10.1.2.3", fip("192.168.0.2"))
            .rule("10.1.2.4", fip("192.168.0.3"))
            .rule("2001:db8:1::3", fip("fd00::2"))
            .done());
    try (Closeable _ = Peers.tcpServer(inside, "0.0.0.0", 80);
        Closeable _ = Peers.tcpServer(inside, "::", 81);
        Closeable _ = Peers.udpServer(inside, "192.168.0.3", 53);
        Closeable _ = Peers.tcpServer(net.outside, "::", 8080);
        Closeable _ = Peers.udpServer(net.outside, OUTSIDE_V6, 53)) {
      assertThat(Peers.seenByTcp(net.outside, "", "10.1.2.3", 80)).isEqualTo(OUTSIDE);
      assertThat(Peers.seenByUdp(net.outside, "", "10.1.2.4", 53)).isEqualTo(OUTSIDE);
      assertThat(Peers.seenByTcp(net.outside, "", "2001:db8:1::3", 81))
          .isEqualTo("2001:db8:1:0:0:0:0:1");

      assertThat(Peers.seenByTcp(inside, "192.168.0.2", OUTSIDE, 8080)).isEqualTo("10.1.2.3");
      assertThat(Peers.seenByTcp(inside, "192.168.0.3", OUTSIDE, 8080)).isEqualTo("10.1.2.4");
      assertThat(Peers.seenByTcp(inside, "fd00::2", OUTSIDE_V6, 8080))
          .isEqualTo("2001:db8:1:0:0:0:0:3");
      assertThat(Peers.seenByUdp(inside, "fd00::2", OUTSIDE_V6, 53))
          .isEqualTo("2001:db8:1:0:0:0:0:3");
    }
  }

  @Test
  void dnatSendsEachPortWhereItBelongs() throws Exception {
    driver.apply(
        new Changes()
            .address("10.1.2.3/16")
            .address("2001:db8:1::3/64")
            .rule("10.1.2.3", dnat(Protocol.TCP, 443, "192.168.0.2", 8443))
            .rule("10.1.2.3", dnat(Protocol.UDP, 443, "192.168.0.3", 9443))
            .rule("2001:db8:1::3", dnat(Protocol.TCP, 443, "fd00::2", 8444))
            .rule("2001:db8:1::3", dnat(Protocol.UDP, 53, "fd00::2", 5353))
            .done());
    try (Closeable _ = Peers.tcpServer(inside, "192.168.0.2", 8443);
        Closeable _ = Peers.udpServer(inside, "192.168.0.3", 9443);
        Closeable _ = Peers.tcpServer(inside, "fd00::2", 8444);
        Closeable _ = Peers.udpServer(inside, "fd00::2", 5353)) {
      assertThat(Peers.seenByTcp(net.outside, "", "10.1.2.3", 443)).isEqualTo(OUTSIDE);
      assertThat(Peers.seenByUdp(net.outside, "", "10.1.2.3", 443)).isEqualTo(OUTSIDE);
      assertThat(Peers.seenByTcp(net.outside, "", "2001:db8:1::3", 443))
          .isEqualTo("2001:db8:1:0:0:0:0:1");
      assertThat(Peers.seenByUdp(net.outside, "", "2001:db8:1::3", 53))
          .isEqualTo("2001:db8:1:0:0:0:0:1");
      assertThat(Peers.seenByTcp(net.outside, "", "10.1.2.3", 8443)).isEmpty();
    }
  }

  @Test
  void aPortGoesBeforeTheFipOfTheSameAddress() throws Exception {
    driver.apply(
        new Changes()
            .address("10.1.2.3/16")
            .rule("10.1.2.3", fip("192.168.0.2"))
            .rule("10.1.2.3", dnat(Protocol.UDP, 53, "192.168.0.3", 5353))
            .done());
    try (Closeable _ = Peers.udpServer(inside, "192.168.0.3", 5353);
        Closeable _ = Peers.udpServer(inside, "192.168.0.2", 54)) {
      assertThat(Peers.seenByUdp(net.outside, "", "10.1.2.3", 53)).isEqualTo(OUTSIDE);
      assertThat(Peers.seenByUdp(net.outside, "", "10.1.2.3", 54)).isEqualTo(OUTSIDE);
    }
  }

  @Test
  void theLongestPrefixDecidesTheSourceAndAFipGoesBeforeAll() throws Exception {
    driver.apply(
        new Changes()
            .address("10.1.2.1/16")
            .address("10.1.2.2/16")
            .address("10.1.2.3/16")
            .address("10.1.2.4/16")
            .address("2001:db8:1::5/64")
            .address("2001:db8:1::6/64")
            .rule("10.1.2.1", snat("0.0.0.0/0"))
            .rule("10.1.2.2", snat("192.168.0.0/24"))
            .rule("10.1.2.3", snat("192.168.0.3/32"))
            .rule("2001:db8:1::5", snat("::/0"))
            .rule("2001:db8:1::6", snat("fd00::/64"))
            .done());
    try (Closeable _ = Peers.tcpServer(net.outside, "::", 8080)) {
      assertThat(Peers.seenByTcp(inside, "192.168.7.2", OUTSIDE, 8080)).isEqualTo("10.1.2.1");
      assertThat(Peers.seenByTcp(inside, "192.168.0.2", OUTSIDE, 8080)).isEqualTo("10.1.2.2");
      assertThat(Peers.seenByTcp(inside, "192.168.0.3", OUTSIDE, 8080)).isEqualTo("10.1.2.3");
      assertThat(Peers.seenByTcp(inside, "fd00::2", OUTSIDE_V6, 8080))
          .isEqualTo("2001:db8:1:0:0:0:0:6");

      driver.apply(new Changes().rule("10.1.2.4", fip("192.168.0.3")).done());
      assertThat(Peers.seenByTcp(inside, "192.168.0.3", OUTSIDE, 8080)).isEqualTo("10.1.2.4");
      assertThat(Peers.seenByTcp(inside, "192.168.0.2", OUTSIDE, 8080)).isEqualTo("10.1.2.2");

      driver.apply(new Changes().noRule("10.1.2.2", snat("192.168.0.0/24")).done());
      assertThat(Peers.seenByTcp(inside, "192.168.0.2", OUTSIDE, 8080)).isEqualTo("10.1.2.1");
    }
  }

  @Test
  void insideHostsReachEachOtherByTheirAddressesOutside() throws Exception {
    driver.apply(
        new Changes()
            .address("10.1.2.3/16")
            .address("10.1.2.4/16")
            .rule("10.1.2.3", fip("192.168.0.2"))
            .rule("10.1.2.4", fip("192.168.0.3"))
            .done());
    try (Closeable _ = Peers.tcpServer(inside, "192.168.0.2", 80)) {
      assertThat(Peers.seenByTcp(inside, "192.168.0.3", "10.1.2.3", 80)).isEqualTo("10.1.2.4");
    }
  }
}
