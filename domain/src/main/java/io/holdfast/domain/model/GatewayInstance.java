package io.holdfast.domain.model;

/**
 * An earlier instance of a gateway that may still carry addresses.
 *
 * @param epoch its epoch
 * @param node where it ran
 * @param replacedAt revision of the gateway from which on this instance was told to hold nothing
 * @param leaseMs longest time without contact after which it takes everything down by itself, of
 *     all it may have been told, milliseconds
 * @param fenceAt epoch milliseconds from which on it has surely taken its addresses down by itself,
 *     unless its node has been heard of since
 */
public record GatewayInstance(long epoch, String node, long replacedAt, long leaseMs, long fenceAt)
    implements Fingerprint.Entry {
  GatewayInstance toldOf(long otherLeaseMs) {
    return new GatewayInstance(epoch, node, replacedAt, Math.max(leaseMs, otherLeaseMs), fenceAt);
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(epoch).add(node).add(replacedAt).add(leaseMs).add(fenceAt);
  }
}
