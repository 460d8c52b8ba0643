package io.holdfast.domain.model;

import org.jspecify.annotations.Nullable;

/**
 * A tenure that ends unless it is renewed.
 *
 * @param durationMs how long a renewal lasts, milliseconds; 0: it has its end from a pool that is
 *     drained, and asking again does not renew it
 * @param expiresAt epoch milliseconds
 * @param warnAt epoch milliseconds at which its end is announced; 0: it was
 * @param lastUntil epoch milliseconds that no renewal goes beyond while the pool does not cover the
 *     address; 0: no limit
 */
public record Lease(long durationMs, long expiresAt, long warnAt, long lastUntil)
    implements Fingerprint.Entry {
  /** A warning comes no sooner than this before the end, milliseconds: a day. */
  private static final long MOST_AHEAD_MS = 24L * 3600 * 1000;

  /**
   * A lease that begins or is renewed, null if it has no end.
   *
   * @param now epoch milliseconds
   * @param until its end, epoch milliseconds, or 0
   * @param last as lastUntil
   */
  public static @Nullable Lease of(long durationMs, long now, long until, long last) {
    if (until == 0) {
      return null;
    }
    long ahead = Math.min(MOST_AHEAD_MS, Math.max(0, until - now) / 4);
    return new Lease(durationMs, until, until - ahead, last);
  }

  /** The same, after {@code before}: an end that was announced and has not moved is so still. */
  public Lease after(@Nullable Lease before) {
    boolean announced = before != null && before.warnAt == 0 && before.expiresAt == expiresAt;
    return announced ? announced() : this;
  }

  public Lease announced() {
    return new Lease(durationMs, expiresAt, 0, lastUntil);
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(durationMs).add(expiresAt).add(warnAt).add(lastUntil);
  }
}
