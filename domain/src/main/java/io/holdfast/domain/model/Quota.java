package io.holdfast.domain.model;

/**
 * How many addresses a tenant may have of a network.
 *
 * @param limit of allocated, releasing and cooling addresses together
 * @param used how many it has now
 */
public record Quota(long limit, long used) implements Fingerprint.Entry {

  public Quota count(long delta) {
    return new Quota(limit, used + delta);
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(limit).add(used);
  }
}
