package io.holdfast.domain.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cidr, IpRange, AddressSet. */
class RangesTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 0.0.0.0, 255.255.255.255, 4294967296",
    "10.0.0.0/24, 10.0.0.0, 10.0.0.255, 256",
    "10.0.0.4/30, 10.0.0.4, 10.0.0.7, 4",
    "10.0.0.7/32, 10.0.0.7, 10.0.0.7, 1",
    "::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 340282366920938463463374607431768211456",
    "2001:db8::/64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff, 18446744073709551616",
    "2001:db8::/63, 2001:db8::, 2001:db8:0:1:ffff:ffff:ffff:ffff, 36893488147419103232",
    "2001:db8::8/125, 2001:db8::8, 2001:db8::f, 8",
    "2001:db8:0:7::8/125, 2001:db8:0:7::8, 2001:db8:0:7::f, 8",
    "2001:db8:0:7::/65, 2001:db8:0:7::, 2001:db8:0:7:7fff:ffff:ffff:ffff, 9223372036854775808",
    "2001:db8::8/128, 2001:db8::8, 2001:db8::8, 1"
  })
  void prefixes(String text, String first, String last, String size) {
    Cidr cidr = Cidr.parse(text);
    assertThat(cidr).hasToString(text);
    assertThat(cidr.first()).hasToString(first);
    assertThat(cidr.last()).hasToString(last);
    assertThat(IpRange.of(cidr).size()).isEqualTo(new BigInteger(size));
    assertThat(IpRange.parse(text).size()).isEqualTo(new BigInteger(size));
    assertThat(cidr.contains(cidr.first())).isTrue();
    assertThat(cidr.contains(cidr.last())).isTrue();
    assertThat(cidr.last().isLast() || !cidr.contains(cidr.last().next())).isTrue();
    assertThat(cidr.first().isFirst() || !cidr.contains(cidr.first().previous())).isTrue();
    assertThat(Cidr.around(cidr.last(), cidr.prefixLength())).isEqualTo(cidr);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1/24", "2001:db8::1/64", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1",
        "10.0.0.0/+8", "10.0.0.0/1000", "10.0.0.0/8/8", "/8", "", "10.0.0.0/٨"
      })
  void badPrefixes(String text) {
    assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(InvalidAddressException.class);
  }

  @Test
  void familiesDoNotContainEachOther() {
    assertThat(Cidr.parse("0.0.0.0/0").contains(IpAddress.parse("::1"))).isFalse();
    assertThat(Cidr.parse("::/0").contains(IpAddress.parse("0.0.0.1"))).isFalse();
    assertThat(IpRange.parse("::/0").contains(IpAddress.parse("0.0.0.1"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.5-10.0.0.9, 5",
    "10.0.0.5..10.0.0.9, 5",
    "10.0.0.5 - 10.0.0.9, 5",
    "2001:db8::1-2001:db8::ff, 255",
    "2001:db8::1..2001:db8::1, 1",
    "10.0.0.7, 1",
    "::, 1"
  })
  void ranges(String text, int size) {
    assertThat(IpRange.parse(text).size()).isEqualTo(BigInteger.valueOf(size));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.9-10.0.0.5",
        "10.0.0.1-::1",
        "10.0.0.1-",
        "-10.0.0.1",
        "..",
        "10.0.0.1..",
        "1-2-3",
        "10.0.0.0/24-10.0.1.0/24",
        "10.0.0.1...10.0.0.9",
        ""
      })
  void badRanges(String text) {
    assertThatThrownBy(() -> IpRange.parse(text)).isInstanceOf(InvalidAddressException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.5-10.0.0.9, 10.0.0.4, false",
    "10.0.0.5-10.0.0.9, 10.0.0.5, true",
    "10.0.0.5-10.0.0.9, 10.0.0.7, true",
    "10.0.0.5-10.0.0.9, 10.0.0.9, true",
    "10.0.0.5-10.0.0.9, 10.0.0.10, false",
    "0.0.0.0-255.255.255.255, ::1, false",
    "::-ffff::, 10.0.0.1, false",
    "::-ffff::, ffff::, true"
  })
  void whatARangeContains(String range, String address, boolean contained) {
    assertThat(IpRange.parse(range).contains(IpAddress.parse(address))).isEqualTo(contained);
  }

  @Test
  void aRangeShowsItsEnds() {
    assertThat(IpRange.parse("10.0.0.5..10.0.0.9")).hasToString("10.0.0.5-10.0.0.9");
    assertThat(IpRange.parse("10.0.0.4/30")).hasToString("10.0.0.4-10.0.0.7");
    assertThat(IpRange.parse("10.0.0.5")).hasToString("10.0.0.5");
    assertThat(IpRange.parse("::1-::1")).hasToString("::1");
  }

  @Test
  void aRangeAscendsWithinAFamily() {
    IpAddress low = IpAddress.parse("10.0.0.1");
    IpAddress high = IpAddress.parse("10.0.0.2");
    assertThat(new IpRange(low, low).size()).isEqualTo(BigInteger.ONE);
    assertThatThrownBy(() -> new IpRange(high, low))
        .isInstanceOf(InvalidAddressException.class)
        .hasMessageContaining("10.0.0.2-10.0.0.1");
    assertThatThrownBy(() -> new IpRange(low, IpAddress.parse("::2")))
        .isInstanceOf(InvalidAddressException.class);
  }

  /**
   * Against a bit set over 256 addresses; both at the low end of a family and across a 64-bit
   * border.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "255.255.255.0", "10.0.0.128", "::", "2001:db8::ffff:ffff:ffff:ff80"})
  void setAlgebraAgainstABitSet(String base) {
    List<IpAddress> world = new ArrayList<>();
    IpAddress at = IpAddress.parse(base);
    for (int i = 0; i < 256; i++) {
      world.add(at);
      at = at.isLast() ? at : at.next();
    }
    Random random = new Random(42);
    for (int round = 0; round < 400; round++) {
      BitSet a = new BitSet();
      BitSet b = new BitSet();
      AddressSet left = AddressSet.of(randomRanges(random, world, a));
      AddressSet right = AddressSet.of(randomRanges(random, world, b));
      same(left, a, world);
      BitSet union = (BitSet) a.clone();
      union.or(b);
      same(left.union(right), union, world);
      BitSet minus = (BitSet) a.clone();
      minus.andNot(b);
      same(left.minus(right), minus, world);
      BitSet both = (BitSet) a.clone();
      both.and(b);
      same(left.intersect(right), both, world);
    }
  }

  private static List<IpRange> randomRanges(Random random, List<IpAddress> world, BitSet bits) {
    List<IpRange> ranges = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      int from = random.nextInt(world.size());
      int to = Math.min(world.size() - 1, from + random.nextInt(60));
      ranges.add(new IpRange(world.get(from), world.get(to)));
      bits.set(from, to + 1);
    }
    return ranges;
  }

  private static void same(AddressSet set, BitSet bits, List<IpAddress> world) {
    assertThat(set.size()).isEqualTo(BigInteger.valueOf(bits.cardinality()));
    assertThat(set.isEmpty()).isEqualTo(bits.isEmpty());
    for (int i = 0; i < world.size(); i++) {
      assertThat(set.contains(world.get(i))).isEqualTo(bits.get(i));
      int next = bits.nextSetBit(i);
      assertThat(set.ceiling(world.get(i))).isEqualTo(next < 0 ? null : world.get(next));
    }
    assertThat(set.first()).isEqualTo(bits.isEmpty() ? null : world.get(bits.nextSetBit(0)));
    for (int i = 1; i < set.ranges().size(); i++) {
      IpAddress end = set.ranges().get(i - 1).last();
      assertThat(end.next()).as("disjoint, not adjacent").isLessThan(set.ranges().get(i).first());
    }
  }

  @Test
  void aSetMayHoldBothFamilies() {
    AddressSet both = AddressSet.of(List.of(IpRange.parse("::/64"), IpRange.parse("10.0.0.0/24")));
    assertThat(both.size()).isEqualTo(new BigInteger("18446744073709551872"));
    assertThat(both.minus(AddressSet.of(List.of(IpRange.parse("0.0.0.0/0")))).size())
        .isEqualTo(BigInteger.TWO.pow(64));
  }

  @Test
  void manyRangesAreCheap() {
    List<IpRange> odd = new ArrayList<>();
    List<IpRange> even = new ArrayList<>();
    IpAddress at = IpAddress.parse("10.0.0.0");
    for (int i = 0; i < 200_000; i++) {
      (i % 2 == 0 ? even : odd).add(IpRange.of(at));
      at = at.next();
    }
    AddressSet left = AddressSet.of(even);
    AddressSet right = AddressSet.of(odd);
    assertThat(left.minus(right)).isEqualTo(left);
    assertThat(left.intersect(right).isEmpty()).isTrue();
    assertThat(left.union(right).ranges()).hasSize(1);
  }
}
