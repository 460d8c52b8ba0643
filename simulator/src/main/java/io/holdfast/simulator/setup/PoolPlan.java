package io.holdfast.simulator.setup;

import io.holdfast.domain.model.OwnerCheckPolicy;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.simulator.plan.Dice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool of the simulated network.
 *
 * @param shapes how it may be cut; it begins with the first
 * @param subnet gives the prefix length; null: host routes
 * @param cooldownMs milliseconds
 * @param crossTenantCooldownMs the same, before another tenant may have it; milliseconds
 * @param leaseMs of who does not ask for one; milliseconds, 0: none
 * @param probationMs after something else answered for one; milliseconds, 0: an operator ends it
 */
public record PoolPlan(
    String name,
    IpFamily family,
    List<PoolShape> shapes,
    @Nullable Cidr subnet,
    long cooldownMs,
    long crossTenantCooldownMs,
    PoolPolicy policy,
    OwnerCheckPolicy ownerCheck,
    long leaseMs,
    long probationMs) {

  public PoolPlan {
    shapes = List.copyOf(shapes);
  }

  /** The shape that an operator wrote so; null: none of this pool. */
  public @Nullable PoolShape shape(List<String> ranges, List<String> exclusions) {
    for (PoolShape shape : shapes) {
      if (shape.ranges().equals(ranges) && shape.exclusions().equals(exclusions)) {
        return shape;
      }
    }
    return null;
  }

  /** The prefix length that an address of it is to be programmed with. */
  public int prefixLength() {
    return subnet == null ? family.bits() : subnet.prefixLength();
  }

  static PoolPlan v4(Dice dice, String name, int third, int bits) {
    IpAddress base = IpAddress.parse("10.0." + third + ".0");
    return new PoolPlan(
        name,
        IpFamily.V4,
        List.of(
            PoolShape.prefix(base, bits),
            PoolShape.prefix(base, bits, 2),
            PoolShape.prefix(base, bits - 1, 1),
            PoolShape.span(base, 3, (1 << bits) + 2)),
        dice.percent(50) ? Cidr.parse("10.0." + third + ".0/24") : null,
        dice.pick(COOLDOWNS),
        dice.percent(30) ? dice.pick(COOLDOWNS) : 0,
        dice.pick(POLICIES),
        CHECKS,
        dice.pick(LEASES),
        dice.pick(PROBATIONS));
  }

  static PoolPlan v6(Dice dice, String name, int group, int bits) {
    IpAddress base = IpAddress.parse("2001:db8:" + group + "::");
    return new PoolPlan(
        name,
        IpFamily.V6,
        List.of(PoolShape.prefix(base, bits), PoolShape.span(base, 2, (1 << bits) + 1, 3)),
        Cidr.parse("2001:db8:" + group + "::/64"),
        dice.pick(COOLDOWNS),
        dice.percent(30) ? dice.pick(COOLDOWNS) : 0,
        dice.pick(POLICIES),
        CHECKS,
        dice.pick(LEASES),
        dice.pick(PROBATIONS));
  }

  /** How long an address of it rests at most, milliseconds. */
  public long longestRestMs() {
    return Math.max(cooldownMs, crossTenantCooldownMs);
  }

  private static final List<Long> LEASES = List.of(0L, 0L, 4_000L, Setup.LONGEST_LEASE_MS);
  private static final List<Long> PROBATIONS = List.of(0L, 1_000L, 6_000L);
  private static final List<Long> COOLDOWNS = List.of(0L, 500L, 3_000L, 20_000L);
  private static final List<PoolPolicy> POLICIES =
      List.of(
          PoolPolicy.LEAST_RECENTLY_USED,
          PoolPolicy.FIRST_FREE,
          PoolPolicy.RANDOM,
          PoolPolicy.STICKY,
          PoolPolicy.BEST_FIT);
  private static final OwnerCheckPolicy CHECKS = new OwnerCheckPolicy(2, 3_000, 100, 1_000);
}
