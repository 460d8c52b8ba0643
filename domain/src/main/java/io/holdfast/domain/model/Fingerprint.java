package io.holdfast.domain.model;

import io.holdfast.domain.net.IpAddress;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A 64-bit hash of one state entry, the same on every JVM and in every release.
 *
 * <p>The network's digest is the wrapping sum of these, so it can be kept incrementally: subtract
 * the entry that was, add the entry that is. It shows divergence, not tampering; against that the
 * events carry a SHA-256 chain.
 *
 * <p>Changing what an entry adds changes the digest of every old log: a field that comes later is
 * added only when it is not at its default.
 */
public final class Fingerprint {
  /** Of wyhash (Wang Yi, 2019), as is the step that uses them: both halves of one product. */
  private static final long SALT = 0xA0761D6478BD642FL;

  private static final long FACTOR = 0xE7037ED1A0B428DBL;

  private long hash;

  public Fingerprint(String table) {
    add(table.hashCode());
  }

  public Fingerprint add(long value) {
    long x = hash ^ value ^ SALT;
    hash = Math.multiplyHigh(x, FACTOR) ^ x * FACTOR;
    return this;
  }

  public Fingerprint add(boolean value) {
    return add(value ? 1L : 2L);
  }

  public Fingerprint add(@Nullable String text) {
    if (text == null) {
      return add(-1L);
    }
    long packed = 0;
    for (int i = 0; i < text.length(); i++) {
      packed = packed << 16 | text.charAt(i);
      if ((i & 3) == 3) {
        add(packed);
        packed = 0;
      }
    }
    return add(packed).add(text.length());
  }

  /** By its name, whose hash code is part of the Java language's library specification. */
  public Fingerprint add(Enum<?> value) {
    return add(value.name().hashCode());
  }

  public Fingerprint add(@Nullable IpAddress ip) {
    return ip == null ? add(-1L) : add(ip.family().bits()).add(ip.hi()).add(ip.lo());
  }

  public Fingerprint add(@Nullable Entry part) {
    if (part == null) {
      return add(-1L);
    }
    part.addTo(this);
    return this;
  }

  public Fingerprint add(Map<String, String> pairs) {
    new TreeMap<>(pairs).forEach((key, value) -> add(key).add(value));
    return add(pairs.size());
  }

  public Fingerprint addAll(Iterable<? extends Entry> parts) {
    long count = 0;
    for (Entry part : parts) {
      part.addTo(this);
      count++;
    }
    return add(count);
  }

  public long value() {
    return mix(hash);
  }

  /**
   * Finalizer of SplitMix64 (Steele, Lea, Flood 2014): every input bit reaches every output bit.
   */
  private static long mix(long z) {
    long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
    return b ^ b >>> 31;
  }

  /** Something that can be hashed: keys and values of the state tables and their parts. */
  public interface Entry {
    void addTo(Fingerprint fingerprint);
  }
}
