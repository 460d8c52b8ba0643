package io.holdfast.simulator.setup;

import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.simulator.plan.Dice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The world of one life: everything in it follows from the seed.
 *
 * @param nodes their names
 * @param clockPerMille how fast each node's clock runs, in thousandths of the true time
 */
public record Setup(
    long seed,
    List<String> nodes,
    List<Integer> clockPerMille,
    List<GatewayPlan> gateways,
    List<PoolPlan> pools,
    List<Owner> owners,
    Trouble trouble,
    Settings settings,
    Map<IpAddress, Integer> poolOf) {

  /** 2026-01-01T00:00:00Z, epoch milliseconds: when every life begins. */
  public static final long START = 1_767_225_600_000L;

  public static Setup of(long seed) {
    Dice dice = new Dice(seed ^ 0x5e7_0b5eL);
    List<String> nodes = new ArrayList<>();
    List<Integer> clocks = new ArrayList<>();
    int nodeCount = dice.between(2, 5);
    for (int i = 0; i < nodeCount; i++) {
      nodes.add("n" + (i + 1));
      clocks.add(dice.between(960, 1_040));
    }
    List<GatewayPlan> gateways = new ArrayList<>();
    int gatewayCount = dice.between(1, 3);
    for (int i = 0; i < gatewayCount; i++) {
      gateways.add(gateway(dice, "gw" + (i + 1), nodes));
    }
    List<PoolPlan> pools = new ArrayList<>();
    pools.add(PoolPlan.v4(dice, "p4", 0, dice.between(3, 6)));
    pools.add(PoolPlan.v6(dice, "p6", 6, dice.between(2, 4)));
    if (dice.percent(50)) {
      pools.add(PoolPlan.v4(dice, "q4", 1, dice.between(3, 5)));
    }
    List<Owner> owners = new ArrayList<>();
    int ownerCount = dice.between(3, 24);
    for (int i = 0; i < ownerCount; i++) {
      owners.add(new Owner("t" + i % 3, "Pod", "shop", "o" + i, "u" + i));
    }
    // The third: short enough that answers are forgotten in the course of a life.
    Settings settings =
        new Settings(
            dice.pick(LOST_AFTER),
            5_000,
            dice.percent(50) ? 3_600_000 : 30_000,
            dice.pick(LEASE_GRACE));
    return new Setup(
        seed,
        List.copyOf(nodes),
        List.copyOf(clocks),
        List.copyOf(gateways),
        List.copyOf(pools),
        List.copyOf(owners),
        Trouble.of(dice),
        settings,
        poolOf(pools));
  }

  private static GatewayPlan gateway(Dice dice, String name, List<String> nodes) {
    return new GatewayPlan(
        name,
        candidates(dice, nodes),
        dice.percent(25) ? Failover.TAKEOVER : Failover.FENCE_FIRST,
        dice.pick(FENCE_AFTER),
        dice.between(1, 3),
        dice.pick(HOLD_DOWN));
  }

  /** One to all of the nodes, in some order. */
  public static List<String> candidates(Dice dice, List<String> nodes) {
    List<String> left = new ArrayList<>(nodes);
    List<String> chosen = new ArrayList<>();
    int count = dice.between(1, nodes.size());
    for (int i = 0; i < count; i++) {
      chosen.add(left.remove(dice.below(left.size())));
    }
    return chosen;
  }

  private static Map<IpAddress, Integer> poolOf(List<PoolPlan> pools) {
    Map<IpAddress, Integer> of = new HashMap<>();
    for (int i = 0; i < pools.size(); i++) {
      for (PoolShape shape : pools.get(i).shapes()) {
        for (IpAddress ip : shape.offered()) {
          of.put(ip, i);
        }
      }
    }
    return Map.copyOf(of);
  }

  /** Position of a node; -1: there is none of that name. */
  public int node(String name) {
    return nodes.indexOf(name);
  }

  /** Position of a gateway; -1: there is none of that name. */
  public int gateway(String name) {
    for (int i = 0; i < gateways.size(); i++) {
      if (gateways.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Every gateway may have an agent on every node: the position of that one. */
  public int agent(int gateway, int node) {
    return gateway * nodes.size() + node;
  }

  /** The pool of that name. */
  public PoolPlan pool(String name) {
    for (PoolPlan pool : pools) {
      if (pool.name().equals(name)) {
        return pool;
      }
    }
    throw new IllegalArgumentException("no pool " + name);
  }

  /** No lease lasts longer, and no drain, milliseconds. */
  public static final long LONGEST_LEASE_MS = 10_000;

  /** Longer than commands may be delayed unnoticed, as it is outside of the simulation. */
  private static final List<Long> LEASE_GRACE = List.of(5_000L, 8_000L);

  public static final List<Long> FENCE_AFTER = List.of(1_000L, 2_000L, 5_000L, 10_000L);
  private static final List<Long> HOLD_DOWN = List.of(0L, 3_000L);
  private static final List<Long> LOST_AFTER = List.of(4_000L, 8_000L, 15_000L);
}
