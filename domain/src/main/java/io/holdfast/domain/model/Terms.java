package io.holdfast.domain.model;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a tenure is subject to beside its owner and its place.
 *
 * @param revision sequence number of the event that last changed what users asked of this EIP: a
 *     command may make it its condition. It follows from the log and is not part of the digest, so
 *     that logs older than it keep theirs
 * @param lease its end, unless it is renewed; null: without end
 * @param tags for people and programs
 * @param offer to whom it was offered; null: to nobody
 * @param adopted it was in use before this service knew of it: its end gives it back to the
 *     operator, not to the pool
 * @param conflict something else was seen to answer for it; null: nothing was
 */
public record Terms(
    long revision,
    @Nullable Lease lease,
    Map<String, String> tags,
    @Nullable Offer offer,
    boolean adopted,
    @Nullable Conflict conflict)
    implements Fingerprint.Entry {
  public static final Terms NONE = new Terms(0, null, Map.of(), null, false, null);

  public Terms {
    tags = Map.copyOf(tags);
  }

  public Terms revised(long sequence) {
    return new Terms(sequence, lease, tags, offer, adopted, conflict);
  }

  public Terms with(@Nullable Lease changed) {
    return new Terms(revision, changed, tags, offer, adopted, conflict);
  }

  public Terms with(Map<String, String> changed) {
    return new Terms(revision, lease, changed, offer, adopted, conflict);
  }

  public Terms offered(@Nullable Offer changed) {
    return new Terms(revision, lease, tags, changed, adopted, conflict);
  }

  public Terms ofAdopted() {
    return new Terms(revision, lease, tags, offer, true, conflict);
  }

  public Terms seen(@Nullable Conflict changed) {
    return new Terms(revision, lease, tags, offer, adopted, changed);
  }

  @Override
  public void addTo(Fingerprint f) {
    if (lease != null) {
      f.add("lease").add(lease);
    }
    if (!tags.isEmpty()) {
      new TreeMap<>(tags).forEach((k, v) -> f.add("tag").add(k).add(v));
    }
    if (offer != null) {
      f.add("offer").add(offer);
    }
    if (adopted) {
      f.add("adopted");
    }
    if (conflict != null) {
      f.add("conflict").add(conflict);
    }
  }
}
