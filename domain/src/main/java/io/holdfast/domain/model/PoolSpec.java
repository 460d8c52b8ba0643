package io.holdfast.domain.model;

import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.net.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * @param policy which of its free addresses is given next
 * @param crossTenantCooldownMs how long an address rests for tenants other than its last one,
 *     milliseconds; not less than cooldownMs, 0: as cooldownMs
 * @param priority where no pools are named, those with a higher one are tried first; equal ones by
 *     name
 * @param optIn only given to who names the pool or one of its labels
 * @param leaseMs lease of an EIP whose owner asks for none, milliseconds; 0: without end
 * @param probationMs an address for which something else was seen to answer comes back after this
 *     long without another such sight, milliseconds; 0: only an operator brings it back
 */
public record PoolSpec(
    IpFamily family,
    List<String> ranges,
    List<String> exclusions,
    @Nullable Cidr subnet,
    @Nullable IpAddress gatewayAddress,
    long cooldownMs,
    Map<String, String> labels,
    OwnerCheckPolicy ownerCheck,
    PoolPolicy policy,
    long crossTenantCooldownMs,
    int priority,
    boolean optIn,
    long leaseMs,
    long probationMs)
    implements Fingerprint.Entry {
  /** One day. */
  public static final long PROBATION_MS = 24L * 3600 * 1000;

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

  /** A pool with everything else as a pool is by default. */
  public PoolSpec(
      IpFamily family,
      List<String> ranges,
      List<String> exclusions,
      @Nullable Cidr subnet,
      @Nullable IpAddress gatewayAddress,
      long cooldownMs,
      Map<String, String> labels,
      OwnerCheckPolicy ownerCheck) {
    this(
        family,
        ranges,
        exclusions,
        subnet,
        gatewayAddress,
        cooldownMs,
        labels,
        ownerCheck,
        PoolPolicy.LEAST_RECENTLY_USED,
        0,
        0,
        false,
        0,
        PROBATION_MS);
  }

  /** The same settings over other addresses. */
  public PoolSpec over(
      List<String> otherRanges,
      List<String> otherExclusions,
      @Nullable Cidr otherSubnet,
      @Nullable IpAddress otherGatewayAddress) {
    return new PoolSpec(
        family,
        otherRanges,
        otherExclusions,
        otherSubnet,
        otherGatewayAddress,
        cooldownMs,
        labels,
        ownerCheck,
        policy,
        crossTenantCooldownMs,
        priority,
        optIn,
        leaseMs,
        probationMs);
  }

  /** The same with another cool-down and policy. */
  public PoolSpec with(long otherCooldownMs, PoolPolicy otherPolicy) {
    return new PoolSpec(
        family,
        ranges,
        exclusions,
        subnet,
        gatewayAddress,
        otherCooldownMs,
        labels,
        ownerCheck,
        otherPolicy,
        crossTenantCooldownMs,
        priority,
        optIn,
        leaseMs,
        probationMs);
  }

  /** Whether both cover the same addresses, whatever their other settings. */
  public boolean isOverTheSame(PoolSpec other) {
    return family == other.family
        && ranges.equals(other.ranges)
        && exclusions.equals(other.exclusions)
        && Objects.equals(subnet, other.subnet)
        && Objects.equals(gatewayAddress, other.gatewayAddress);
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
    if (policy != PoolPolicy.LEAST_RECENTLY_USED) {
      f.add("policy").add(policy);
    }
    if (crossTenantCooldownMs != 0) {
      f.add("crossTenantCooldownMs").add(crossTenantCooldownMs);
    }
    if (priority != 0) {
      f.add("priority").add(priority);
    }
    if (optIn) {
      f.add("optIn");
    }
    if (leaseMs != 0) {
      f.add("leaseMs").add(leaseMs);
    }
    if (probationMs != PROBATION_MS) {
      f.add("probationMs").add(probationMs);
    }
  }
}
