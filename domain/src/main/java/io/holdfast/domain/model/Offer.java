package io.holdfast.domain.model;

/**
 * An EIP offered to another tenant.
 *
 * @param tenant who may accept it
 * @param until epoch milliseconds from which on it counts no more
 */
public record Offer(String tenant, long until) implements Fingerprint.Entry {
  @Override
  public void addTo(Fingerprint f) {
    f.add(tenant).add(until);
  }
}
