package io.holdfast.domain.model;

/**
 * When a pool believes that an owner is gone.
 *
 * @param confirmations how many times a healthy source must say ABSENT, at least 1
 * @param overMs least time between the first and the last of these, milliseconds
 * @param retryMinMs first wait after an UNKNOWN answer, milliseconds; doubled each time
 * @param retryMaxMs longest wait after an UNKNOWN answer, milliseconds
 */
public record OwnerCheckPolicy(int confirmations, long overMs, long retryMinMs, long retryMaxMs)
    implements Fingerprint.Entry {
  /** Three confirmations over a minute; retries from one second to five minutes. */
  public static final OwnerCheckPolicy DEFAULT = new OwnerCheckPolicy(3, 60_000, 1_000, 300_000);

  @Override
  public void addTo(Fingerprint f) {
    f.add(confirmations).add(overMs).add(retryMinMs).add(retryMaxMs);
  }
}
