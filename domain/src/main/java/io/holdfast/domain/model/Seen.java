package io.holdfast.domain.model;

/**
 * The last thing an observation said of an item on a gateway.
 *
 * @param epoch of the gateway instance that looked
 * @param revision of the item, which that instance had applied before it looked
 * @param observation number of the observation: a later one outweighs it, an earlier one does not
 * @param present whether the item was there
 */
public record Seen(long epoch, long revision, long observation, boolean present)
    implements Fingerprint.Entry {
  @Override
  public void addTo(Fingerprint f) {
    f.add(epoch).add(revision).add(observation).add(present);
  }
}
