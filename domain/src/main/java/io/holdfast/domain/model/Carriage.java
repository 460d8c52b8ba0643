package io.holdfast.domain.model;

import org.jspecify.annotations.Nullable;

/**
 * An item (an address or a rule) on a gateway: what is wanted there, which instances may carry it,
 * what was seen. Addresses and rules share it, so that a rule about programming state holds for
 * both or for neither.
 *
 * @param prefixLength what an address was or is to be programmed with, copied once and never
 *     computed again; 0 for a rule
 * @param wanted false: it is being withdrawn
 * @param revision sequence number of the event that last changed what is wanted
 * @param fromEpoch first gateway epoch that may carry it
 * @param toEpoch last gateway epoch that may carry it, once it is not wanted any more; 0 while it
 *     is
 * @param seen null until an observation counted
 */
public record Carriage(
    String gateway,
    int prefixLength,
    boolean wanted,
    long revision,
    long fromEpoch,
    long toEpoch,
    @Nullable Seen seen)
    implements Fingerprint.Entry {

  public static Carriage wanted(String gateway, int prefixLength, long revision, long epoch) {
    return new Carriage(gateway, prefixLength, true, revision, epoch, 0, null);
  }

  /** The same place, another content: what was seen of the old one says nothing of the new one. */
  public Carriage changed(long newRevision) {
    return new Carriage(gateway, prefixLength, true, newRevision, fromEpoch, 0, null);
  }

  public Carriage withdrawnAt(long newRevision, long epoch) {
    return new Carriage(gateway, prefixLength, false, newRevision, fromEpoch, epoch, seen);
  }

  /**
   * The instance of {@code epoch} was observed without it: only earlier ones may still carry it.
   */
  public Carriage clearedUpTo(long epoch) {
    return new Carriage(gateway, prefixLength, wanted, revision, fromEpoch, epoch - 1, seen);
  }

  public Carriage seen(Seen now) {
    return new Carriage(gateway, prefixLength, wanted, revision, fromEpoch, toEpoch, now);
  }

  /** Whether the gateway instance of this epoch may carry the item. */
  public boolean mayBeOn(long epoch) {
    return epoch >= fromEpoch && (wanted || epoch <= toEpoch);
  }

  /** Programmed: seen by the gateway's current epoch, at the revision that is wanted now. */
  public boolean readyAt(long currentEpoch) {
    return wanted
        && seen != null
        && seen.present()
        && seen.epoch() == currentEpoch
        && seen.revision() == revision;
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(gateway)
        .add(prefixLength)
        .add(wanted)
        .add(revision)
        .add(fromEpoch)
        .add(toEpoch)
        .add(seen);
  }
}
