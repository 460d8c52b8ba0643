package io.holdfast.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.net.IpAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Digests stand in every event for ever: these values must never change. */
class FingerprintTest {

  @Test
  void pinned() {
    assertThat(new Fingerprint("").value()).isEqualTo(hash(code("")));
    assertThat(new Fingerprint("pools").add(7).value()).isEqualTo(hash(code("pools"), List.of(7L)));
    assertThat(
            new Fingerprint("x")
                .add((String) null)
                .add("abcdé€")
                .add("")
                .add(true)
                .add(false)
                .value())
        .isEqualTo(
            hash(code("x"), List.of(-1L), words("abcdé€"), words(""), List.of(1L), List.of(2L)));
    assertThat(new Fingerprint("x").add(IpAddress.parse("2001:db8::7")).value())
        .isEqualTo(hash(code("x"), List.of(128L, 0x2001_0db8_0000_0000L, 7L)));
    assertThat(new Fingerprint("x").add(IpAddress.parse("10.0.0.1")).add((IpAddress) null).value())
        .isEqualTo(hash(code("x"), List.of(32L, 0L, 0x0a00_0001L), List.of(-1L)));
    assertThat(new Fingerprint("x").add(Phase.FREE).add((Fingerprint.Entry) null).value())
        .isEqualTo(hash(code("x"), code("FREE"), List.of(-1L)));
    assertThat(new Fingerprint("x").add(new NodeBinding("n", "b")).value())
        .isEqualTo(hash(code("x"), words("n"), words("b")));
    assertThat(new Fingerprint("x").addAll(List.of(new NodeBinding("n", "b"))).value())
        .isEqualTo(hash(code("x"), words("n"), words("b"), List.of(1L)));
    assertThat(new Fingerprint("x").add(Map.of("b", "2", "a", "1")).value())
        .isEqualTo(hash(code("x"), words("a"), words("1"), words("b"), words("2"), List.of(2L)));
    assertThat(new Fingerprint("pinned").add(1).value()).isEqualTo(PINNED);
  }

  /** Computed by another program; a change of both implementations at once shows here. */
  private static final long PINNED = 0xd6254e2cbbfcef8fL;

  private static List<Long> words(String text) {
    List<Long> words = new ArrayList<>();
    int i = 0;
    for (; i + 4 <= text.length(); i += 4) {
      words.add(
          ((long) text.charAt(i) << 48)
              + ((long) text.charAt(i + 1) << 32)
              + ((long) text.charAt(i + 2) << 16)
              + text.charAt(i + 3));
    }
    long rest = 0;
    for (; i < text.length(); i++) {
      rest = rest * 65536 + text.charAt(i);
    }
    words.add(rest);
    words.add((long) text.length());
    return words;
  }

  private static List<Long> code(String name) {
    long code = 0;
    for (int i = 0; i < name.length(); i++) {
      code = code * 31 + name.charAt(i);
    }
    return List.of((long) (int) code);
  }

  /** Both halves of each product, then the SplitMix64 finalizer, over unbounded integers. */
  @SafeVarargs
  private static long hash(List<Long>... parts) {
    long hash = 0;
    for (List<Long> part : parts) {
      for (long word : part) {
        long salted = hash ^ word ^ new BigInteger("A0761D6478BD642F", 16).longValue();
        BigInteger factor = new BigInteger("E7037ED1A0B428DB", 16).subtract(BigInteger.TWO.pow(64));
        BigInteger product = BigInteger.valueOf(salted).multiply(factor);
        hash = product.shiftRight(64).xor(product).longValue();
      }
    }
    return mix(new BigInteger(Long.toUnsignedString(hash))).longValue();
  }

  private static BigInteger mix(BigInteger z) {
    BigInteger a = cut(z.xor(z.shiftRight(30)).multiply(new BigInteger("BF58476D1CE4E5B9", 16)));
    BigInteger b = cut(a.xor(a.shiftRight(27)).multiply(new BigInteger("94D049BB133111EB", 16)));
    return b.xor(b.shiftRight(31));
  }

  private static BigInteger cut(BigInteger z) {
    return z.and(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
  }
}
