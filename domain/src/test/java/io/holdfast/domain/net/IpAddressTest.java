package io.holdfast.domain.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  /** Second column: RFC 5952. */
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "203.0.113.7, 203.0.113.7",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8::0A, 2001:db8::a",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "0:0:1:0:0:0:0:0, 0:0:1::",
    "1:0:0:2:0:0:3:4, 1::2:0:0:3:4",
    "1:2:3:0:0:6:0:0, 1:2:3::6:0:0",
    "1:2:3:4:0:6:7:0, 1:2:3:4:0:6:7:0",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "::1.2.3.4, ::102:304",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
  })
  void readsAndWritesCanonically(String text, String canonical) {
    assertThat(IpAddress.parse(text)).hasToString(canonical);
    assertThat(IpAddress.parse(canonical)).isEqualTo(IpAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "...",
        "1",
        "1.2.3",
        "1.2.3.",
        ".1.2.3",
        "1.2.3.4.",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3.04",
        "00.0.0.0",
        "256.1.1.1",
        "1.2.3.999",
        "1.2.3.4444",
        "-1.2.3.4",
        "+1.2.3.4",
        "1.2.3.4 ",
        " 1.2.3.4",
        "0x7f.0.0.1",
        "1.2.3.a",
        "١.2.3.4",
        "1,2,3,4",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "::g",
        "[::1]",
        "::1]",
        "fe80::1%eth0",
        "fe80::1%1",
        "::%",
        "%::1",
        "::ffff:1.2.3.4",
        "::ffff:102:304",
        "::1/64",
        "1.2.3.4/32",
        "::1 ",
        " ::1",
        "localhost",
        "example.com",
        "::1.2.3",
        "::1.2.3.256",
        "::01.2.3.4.5"
      })
  void refusesEverythingElseAndSaysWhatIsAllowed(String text) {
    assertThatThrownBy(() -> IpAddress.parse(text))
        .isInstanceOfSatisfying(
            InvalidAddressException.class,
            e -> {
              assertThat(e.allowed()).contains("203.0.113.7");
              assertThat(e).hasMessageContaining("allowed: ");
            });
  }

  @Test
  void agreesWithTheJdkOnRandomAddresses() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      for (int zero = random.nextInt(4); zero > 0; zero--) {
        int group = random.nextInt(8) * 2;
        bytes[group] = 0;
        bytes[group + 1] = 0;
      }
      InetAddress expected = InetAddress.getByAddress(bytes);
      IpAddress read = IpAddress.parse(expected.getHostAddress());
      assertThat(InetAddress.ofLiteral(read.toString())).isEqualTo(expected);
      assertThat(IpAddress.parse(read.toString())).isEqualTo(read);
    }
  }

  @Test
  void ordersByFamilyAndThenUnsigned() {
    assertThat(IpAddress.parse("255.255.255.255")).isLessThan(IpAddress.parse("::"));
    assertThat(IpAddress.parse("127.0.0.1")).isLessThan(IpAddress.parse("128.0.0.0"));
    assertThat(IpAddress.parse("7fff::")).isLessThan(IpAddress.parse("8000::"));
    assertThat(IpAddress.parse("::7fff:0:0:0")).isLessThan(IpAddress.parse("::8000:0:0:0"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.255, 10.0.1.0",
    "0.0.0.0, 0.0.0.1",
    "2001:db8::ffff:ffff:ffff:ffff, 2001:db8:0:1::",
    "2001:db8::ff, 2001:db8::100"
  })
  void stepsForwardsAndBack(String one, String next) {
    assertThat(IpAddress.parse(one).next()).isEqualTo(IpAddress.parse(next));
    assertThat(IpAddress.parse(next).previous()).isEqualTo(IpAddress.parse(one));
  }

  @Test
  void knowsTheEnds() {
    assertThat(IpAddress.parse("0.0.0.0").isFirst()).isTrue();
    assertThat(IpAddress.parse("::").isFirst()).isTrue();
    assertThat(IpAddress.parse("::1:0:0:0:0").isFirst()).isFalse();
    assertThat(IpAddress.parse("255.255.255.255").isLast()).isTrue();
    assertThat(IpAddress.parse("255.255.255.254").isLast()).isFalse();
    assertThat(IpAddress.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff").isLast()).isTrue();
    assertThat(IpAddress.parse("::ffff:ffff:ffff:ffff").isLast()).isFalse();
  }

  @Test
  void anIpv4AddressHasNoMoreThan32Bits() {
    assertThatThrownBy(() -> new IpAddress(IpFamily.V4, 0, 1L << 32))
        .isInstanceOf(InvalidAddressException.class);
    assertThatThrownBy(() -> new IpAddress(IpFamily.V4, 1, 0))
        .isInstanceOf(InvalidAddressException.class);
  }
}
