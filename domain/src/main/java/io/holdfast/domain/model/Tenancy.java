package io.holdfast.domain.model;

import org.jspecify.annotations.Nullable;

/**
 * One holder's time with an address, while it lasts.
 *
 * @param tenure number of this tenure: the sequence number of the event that began it, so it grows
 *     with each tenure of an address and is never used twice in a network
 * @param node set if the owner lives on one node and dies with it
 * @param since epoch milliseconds
 * @param gateway the gateway it is attached to
 * @param liveRules rules that are wanted
 * @param doubt null: no check has cast doubt on the owner
 * @param probe null: reachable as far as known
 * @param terms lease, tags and the like
 */
public record Tenancy(
    long tenure,
    Owner owner,
    @Nullable NodeBinding node,
    long since,
    @Nullable String gateway,
    int liveRules,
    @Nullable OwnerDoubt doubt,
    @Nullable Probe probe,
    Terms terms)
    implements Fingerprint.Entry {

  /** A tenure that has just begun. */
  public static Tenancy begun(
      long tenure, Owner owner, @Nullable NodeBinding node, long since, Terms terms) {
    return new Tenancy(tenure, owner, node, since, null, 0, null, null, terms);
  }

  public Tenancy withNode(NodeBinding now) {
    return new Tenancy(tenure, owner, now, since, gateway, liveRules, doubt, probe, terms);
  }

  public Tenancy withGateway(@Nullable String attached) {
    return new Tenancy(tenure, owner, node, since, attached, liveRules, doubt, probe, terms);
  }

  public Tenancy countRules(int delta) {
    return new Tenancy(tenure, owner, node, since, gateway, liveRules + delta, doubt, probe, terms);
  }

  public Tenancy withDoubt(@Nullable OwnerDoubt now) {
    return new Tenancy(tenure, owner, node, since, gateway, liveRules, now, probe, terms);
  }

  public Tenancy withProbe(@Nullable Probe now) {
    return new Tenancy(tenure, owner, node, since, gateway, liveRules, doubt, now, terms);
  }

  /** This, changed for its users by the event with this number. */
  public Tenancy revised(long sequence) {
    return with(terms.revised(sequence));
  }

  public Tenancy with(Terms changed) {
    return new Tenancy(tenure, owner, node, since, gateway, liveRules, doubt, probe, changed);
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(tenure).add(owner).add(node).add(since).add(gateway).add(liveRules).add(doubt).add(probe);
    f.add(terms);
  }
}
