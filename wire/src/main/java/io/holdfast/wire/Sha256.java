package io.holdfast.wire;

import io.holdfast.schemas.wire.WireFormat;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256 hash. */
public final class Sha256 {
  public static final int BYTES = 32;

  /** What the first event of a network has before it. */
  public static final Sha256 ZERO = new Sha256(new byte[BYTES]);

  private final byte[] bytes;

  private Sha256(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Looking for a provider costs as much as hashing an event: one digest a thread, reset by use.
   */
  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(() -> {
        try {
          return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
          throw new IllegalStateException("every Java platform has SHA-256", e);
        }
      });

  /** The hash of part of an array. */
  public static Sha256 of(byte[] data, int from, int length) {
    MessageDigest digest = DIGEST.get();
    digest.update(data, from, length);
    return new Sha256(digest.digest());
  }

  /**
   * The hash that chains an event's record to the next: of its Avro bytes, without the framing,
   * whose schema id depends on the registry.
   */
  public static Sha256 ofEvent(byte[] record) {
    return of(record, WireFormat.HEADER_BYTES, record.length - WireFormat.HEADER_BYTES);
  }

  /** Takes 32 bytes that are a hash. */
  public static Sha256 wrap(byte[] hash) {
    if (hash.length != BYTES) {
      throw new IllegalArgumentException("a SHA-256 hash has 32 bytes, not " + hash.length);
    }
    return new Sha256(hash.clone());
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Sha256 hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Lower-case hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
