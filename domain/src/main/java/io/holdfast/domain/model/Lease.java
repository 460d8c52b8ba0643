package io.holdfast.domain.model;

/**
 * A tenure that ends unless it is renewed.
 *
 * @param durationMs how long a renewal lasts, milliseconds
 * @param expiresAt epoch milliseconds
 * @param warned whether its end was announced
 */
public record Lease(long durationMs, long expiresAt, boolean warned) implements Fingerprint.Entry {
  @Override
  public void addTo(Fingerprint f) {
    f.add(durationMs).add(expiresAt).add(warned);
  }
}
