package io.holdfast.domain.model;

/**
 * A gateway was seen with an address that it is not to carry.
 *
 * @param since epoch milliseconds
 * @param elsewhere true: the address is held and wanted on another gateway (two may answer for it)
 */
public record Drift(int prefixLength, long epoch, long observation, long since, boolean elsewhere)
    implements Fingerprint.Entry {
  @Override
  public void addTo(Fingerprint f) {
    f.add(prefixLength).add(epoch).add(observation).add(since).add(elsewhere);
  }
}
