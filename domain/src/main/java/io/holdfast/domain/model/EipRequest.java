package io.holdfast.domain.model;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an owner asks for: addresses, from where, and what for.
 *
 * @param pools pools to take from, tried in this order; empty: all pools that the labels select, by
 *     priority, then by name
 * @param labels only from pools that have all of these labels
 * @param ip exactly this address, or null
 * @param count how many of each family, 1 to 256; all or none
 * @param contiguous whether they must be adjacent
 * @param gateway attach to this gateway at once, or null: wherever it is or is not
 * @param node the owner lives on this node and dies with its present boot, or null: not said
 * @param leaseMs the tenure ends after this long unless it is renewed, milliseconds; 0: it does
 *     not; null: as the pool has it
 * @param tags of what is allocated
 */
public record EipRequest(
    List<String> pools,
    Map<String, String> labels,
    Owner owner,
    @Nullable IpAddress ip,
    FamilyChoice family,
    int count,
    boolean contiguous,
    @Nullable String gateway,
    @Nullable String node,
    @Nullable Long leaseMs,
    Map<String, String> tags)
    implements Fingerprint.Entry {
  public EipRequest {
    pools = List.copyOf(pools);
    labels = Map.copyOf(labels);
    tags = Map.copyOf(tags);
  }

  /** What most ask for. */
  public static EipRequest of(Owner owner, FamilyChoice family, String... pools) {
    return new EipRequest(
        List.of(pools), Map.of(), owner, null, family, 1, false, null, null, null, Map.of());
  }

  /** This, for exactly an address, a number of them, at a place. */
  public EipRequest at(
      @Nullable IpAddress exactly,
      int number,
      @Nullable String onGateway,
      @Nullable String onNode) {
    return new EipRequest(
        pools,
        labels,
        owner,
        exactly,
        family,
        number,
        contiguous,
        onGateway,
        onNode,
        leaseMs,
        tags);
  }

  /** The families it asks for. */
  public List<IpFamily> families() {
    return switch (family) {
      case V4 -> List.of(IpFamily.V4);
      case V6 -> List.of(IpFamily.V6);
      case DUAL -> List.of(IpFamily.V4, IpFamily.V6);
      case UNKNOWN -> List.of();
    };
  }

  /** Whether it may be given addresses of this pool. */
  public boolean accepts(String pool, PoolSpec spec) {
    return isAbout(pool, spec) && (!pools.isEmpty() || !labels.isEmpty() || !spec.optIn());
  }

  /** Whether what its owner holds of this pool is of what it asks for. */
  public boolean isAbout(String pool, PoolSpec spec) {
    return families().contains(spec.family())
        && (pools.isEmpty() || pools.contains(pool))
        && spec.labels().entrySet().containsAll(labels.entrySet());
  }

  @Override
  public void addTo(Fingerprint f) {
    pools.forEach(f::add);
    f.add(pools.size()).add(labels).add(owner).add(ip).add(family).add(count).add(contiguous);
    f.add(gateway).add(node).add(leaseMs == null ? -1 : leaseMs).add(tags);
  }
}
