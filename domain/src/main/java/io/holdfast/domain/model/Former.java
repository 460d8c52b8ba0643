package io.holdfast.domain.model;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who held an address last, kept until it is free, so that a release that was a mistake can be
 * undone. The rules that went with it are kept as {@link FormerRule}s.
 *
 * @param node the node boot that the owner lived in, or null
 * @param gateway the gateway it was on, or null
 * @param leaseMs how long its lease lasted when renewed, milliseconds; 0: it had none
 * @param tags its tags
 * @param adopted as in {@link Terms}
 */
public record Former(
    Owner owner,
    @Nullable NodeBinding node,
    @Nullable String gateway,
    long leaseMs,
    Map<String, String> tags,
    boolean adopted)
    implements Fingerprint.Entry {
  public Former {
    tags = Map.copyOf(tags);
  }

  /** One without lease and tags. */
  public Former(Owner owner, @Nullable NodeBinding node, @Nullable String gateway) {
    this(owner, node, gateway, 0, Map.of(), false);
  }

  static Former of(Tenancy ended) {
    Lease lease = ended.terms().lease();
    return new Former(
        ended.owner(),
        ended.node(),
        ended.gateway(),
        lease == null ? 0 : lease.durationMs(),
        ended.terms().tags(),
        ended.terms().adopted());
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(owner).add(node).add(gateway);
    if (leaseMs != 0) {
      f.add("lease").add(leaseMs);
    }
    if (!tags.isEmpty()) {
      new TreeMap<>(tags).forEach((k, v) -> f.add("tag").add(k).add(v));
    }
    if (adopted) {
      f.add("adopted");
    }
  }
}
