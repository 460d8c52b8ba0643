package io.holdfast.domain.model;

import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.net.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asked a pool to be.
 *
 * @param ranges as written: {@code 10.0.0.0/24}, {@code 10.0.0.5-10.0.0.9}, {@code 10.0.0.7}
 * @param exclusions never handed out, same notations
 * @param subnet the on-link subnet; gives the prefix length that gateways program and the network
 *     and broadcast addresses to leave out. Without it addresses are programmed as host routes
 *     (/32, /128)
 * @param gatewayAddress the subnet's next hop, never handed out
 * @param cooldownMs how long an address rests after it was surely withdrawn, milliseconds
 * @param labels free-form, for people and selectors
 */
public record PoolSpec(
    IpFamily family,
    List<String> ranges,
    List<String> exclusions,
    @Nullable Cidr subnet,
    @Nullable IpAddress gatewayAddress,
    long cooldownMs,
    Map<String, String> labels,
    OwnerCheckPolicy ownerCheck)
    implements Fingerprint.Entry {
  /** ::ffff:0:0/96, RFC 4291, 2.5.5.2. */
  private static final IpRange MAPPED =
      new IpRange(
          new IpAddress(IpFamily.V6, 0, 0xffff_0000_0000L),
          new IpAddress(IpFamily.V6, 0, 0xffff_ffff_ffffL));

  public PoolSpec {
    ranges = List.copyOf(ranges);
    exclusions = List.copyOf(exclusions);
    labels = Map.copyOf(labels);
  }

  /**
   * The prefix length a gateway programs this address with: that of the subnet it lies in, else a
   * host route's.
   */
  public int prefixLength(IpAddress ip) {
    return subnet != null && subnet.contains(ip) ? subnet.prefixLength() : family.bits();
  }

  /**
   * The addresses that may be handed out: ranges without exclusions, next hop, and the network and
   * broadcast addresses of the subnet and of every range written as a prefix. A range written as
   * {@code start-end} is taken as it stands. IPv4-mapped IPv6 addresses are left out too: an
   * address must have one name.
   *
   * @throws io.holdfast.domain.net.InvalidAddressException if a range cannot be read
   */
  public AddressSet allocatable() {
    List<IpRange> offered = new ArrayList<>();
    List<IpRange> withheld = new ArrayList<>();
    for (String text : ranges) {
      if (text.contains("/")) {
        Cidr cidr = Cidr.parse(text);
        offered.add(IpRange.of(cidr));
        withhold(cidr, withheld);
      } else {
        offered.add(IpRange.parse(text));
      }
    }
    if (family == IpFamily.V6) {
      withheld.add(MAPPED);
    }
    exclusions.forEach(text -> withheld.add(IpRange.parse(text)));
    if (subnet != null) {
      withhold(subnet, withheld);
    }
    if (gatewayAddress != null) {
      withheld.add(IpRange.of(gatewayAddress));
    }
    return AddressSet.of(offered).minus(AddressSet.of(withheld));
  }

  /**
   * IPv4: network and broadcast address, but not of a /31 (RFC 3021) or /32. IPv6: the
   * subnet-router anycast address (RFC 4291, 2.6.1), but not of a /127 (RFC 6164) or /128.
   */
  private static void withhold(Cidr cidr, List<IpRange> withheld) {
    if (cidr.network().family().bits() - cidr.prefixLength() < 2) {
      return;
    }
    withheld.add(IpRange.of(cidr.first()));
    if (cidr.network().family() == IpFamily.V4) {
      withheld.add(IpRange.of(cidr.last()));
    }
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(family);
    ranges.forEach(f::add);
    f.add(ranges.size());
    exclusions.forEach(f::add);
    f.add(exclusions.size());
    f.add(subnet == null ? null : subnet.toString()).add(gatewayAddress).add(cooldownMs);
    new TreeMap<>(labels).forEach((k, v) -> f.add(k).add(v));
    f.add(ownerCheck);
  }
}
