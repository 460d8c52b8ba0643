package io.holdfast.domain.model;

import org.jspecify.annotations.Nullable;

/**
 * Who held an address last, kept until it is free, so that a release that was a mistake can be
 * undone. The rules that went with it are kept as {@link FormerRule}s.
 *
 * @param node the node boot that the owner lived in, or null
 * @param gateway the gateway it was on, or null
 */
public record Former(Owner owner, @Nullable NodeBinding node, @Nullable String gateway)
    implements Fingerprint.Entry {

  static Former of(Tenancy ended) {
    return new Former(ended.owner(), ended.node(), ended.gateway());
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(owner).add(node).add(gateway);
  }
}
