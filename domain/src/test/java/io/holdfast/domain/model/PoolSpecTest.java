package io.holdfast.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolSpecTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "10.0.0.0/24;;;;254;10.0.0.1",
        "10.0.0.0/30;;;;2;10.0.0.1",
        "10.0.0.0/31;;;;2;10.0.0.0",
        "10.0.0.7/32;;;;1;10.0.0.7",
        "10.0.0.7;;;;1;10.0.0.7",
        "10.0.0.0-10.0.0.255;;;;256;10.0.0.0",
        "10.0.0.0-10.0.0.255;;10.0.0.0/24;;254;10.0.0.1",
        "10.0.0.0/24;;10.0.0.0/24;10.0.0.1;253;10.0.0.2",
        "10.0.0.0/24;10.0.0.1-10.0.0.99,10.0.0.200;;;154;10.0.0.100",
        "10.0.0.0/24,10.0.1.0/24;;10.0.0.0/16;;508;10.0.0.1",
        "2001:db8::/64;;;;18446744073709551615;2001:db8::1",
        "2001:db8::/126;;;;3;2001:db8::1",
        "2001:db8::/127;;;;2;2001:db8::",
        "2001:db8::9/128;;;;1;2001:db8::9",
        "::/64;;;;18446744069414584319;::1",
        "::fffe:0:0-::1:0:0:0;::fffe:0:0-::fffe:ffff:ffff;;;1;::1:0:0:0"
      })
  void allocatable(
      String ranges,
      @Nullable String exclusions,
      @Nullable String subnet,
      @Nullable String gateway,
      String size,
      String first) {
    PoolSpec spec = spec(ranges, exclusions, subnet, gateway);
    assertThat(spec.allocatable().size()).isEqualTo(new BigInteger(size));
    assertThat(spec.allocatable().first()).hasToString(first);
  }

  @Test
  void prefixLengthIsThatOfTheSubnetTheAddressLiesIn() {
    PoolSpec spec = spec("10.0.0.0/24", null, "10.0.0.0/23", null);
    assertThat(spec.prefixLength(IpAddress.parse("10.0.1.9"))).isEqualTo(23);
    assertThat(spec.prefixLength(IpAddress.parse("10.0.2.9"))).isEqualTo(32);
    PoolSpec bare = spec("2001:db8::/64", null, null, null);
    assertThat(bare.prefixLength(IpAddress.parse("2001:db8::1"))).isEqualTo(128);
  }

  private static PoolSpec spec(
      String ranges,
      @Nullable String exclusions,
      @Nullable String subnet,
      @Nullable String gateway) {
    return new PoolSpec(
        ranges.contains(":") ? IpFamily.V6 : IpFamily.V4,
        List.of(ranges.split(",", -1)),
        exclusions == null ? List.of() : List.of(exclusions.split(",", -1)),
        subnet == null ? null : Cidr.parse(subnet),
        gateway == null ? null : IpAddress.parse(gateway),
        0,
        Map.of(),
        OwnerCheckPolicy.DEFAULT);
  }
}
