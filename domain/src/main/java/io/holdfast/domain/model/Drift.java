package io.holdfast.domain.model;

/**
 * A gateway was seen with an address that it is not to carry.
 *
 * @param fromEpoch first gateway epoch that was seen with it and is not known to be without it
 *     since
 * @param epoch last gateway epoch that was seen with it
 * @param observation number of the observation in {@code epoch}
 * @param since epoch milliseconds
 * @param elsewhere true: the address is held and wanted on another gateway (two may answer for it)
 */
public record Drift(
    int prefixLength, long fromEpoch, long epoch, long observation, long since, boolean elsewhere)
    implements Fingerprint.Entry {
  /** Whether the gateway instance of this epoch may carry the address. */
  public boolean mayBeOn(long someEpoch) {
    return someEpoch >= fromEpoch && someEpoch <= epoch;
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(prefixLength).add(fromEpoch).add(epoch).add(observation).add(since).add(elsewhere);
  }
}
