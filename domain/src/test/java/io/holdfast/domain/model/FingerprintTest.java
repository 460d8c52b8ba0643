package io.holdfast.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.net.IpAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Digests stand in every event for ever: these values must never change. */
class FingerprintTest {

  @Test
  void pinned() {
    assertThat(new Fingerprint("").value()).isEqualTo(hash(words("")));
    assertThat(new Fingerprint("pools").add(7).value())
        .isEqualTo(hash(words("pools"), List.of(7L)));
    assertThat(
            new Fingerprint("x")
                .add((String) null)
                .add("abcdé€")
                .add("")
                .add(true)
                .add(false)
                .value())
        .isEqualTo(
            hash(words("x"), List.of(-1L), words("abcdé€"), words(""), List.of(1L), List.of(2L)));
    assertThat(new Fingerprint("x").add(IpAddress.parse("2001:db8::7")).value())
        .isEqualTo(hash(words("x"), List.of(128L, 0x2001_0db8_0000_0000L, 7L)));
    assertThat(new Fingerprint("x").add(IpAddress.parse("10.0.0.1")).add((IpAddress) null).value())
        .isEqualTo(hash(words("x"), List.of(32L, 0L, 0x0a00_0001L), List.of(-1L)));
    assertThat(new Fingerprint("x").add(Phase.FREE).add((Fingerprint.Entry) null).value())
        .isEqualTo(hash(words("x"), words("FREE"), List.of(-1L)));
    assertThat(new Fingerprint("x").add(new NodeBinding("n", "b")).value())
        .isEqualTo(hash(words("x"), words("n"), words("b")));
    assertThat(new Fingerprint("x").addAll(List.of(new NodeBinding("n", "b"))).value())
        .isEqualTo(hash(words("x"), words("n"), words("b"), List.of(1L)));
    assertThat(new Fingerprint("pinned").add(1).value()).isEqualTo(PINNED);
  }

  /** Computed by another program; a change of both implementations at once shows here. */
  private static final long PINNED = 0x75ef32950d10f546L;

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

  /** SplitMix64 finalizer over unbounded integers, cut to 64 bits. */
  @SafeVarargs
  private static long hash(List<Long>... parts) {
    BigInteger hash = BigInteger.ZERO;
    for (List<Long> part : parts) {
      for (long word : part) {
        BigInteger golden = new BigInteger("9E3779B97F4A7C15", 16);
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(word));
        hash = mix(cut(hash.add(golden)).xor(mix(unsigned)));
      }
    }
    return hash.longValue();
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
