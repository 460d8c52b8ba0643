package io.holdfast.simulator.check;

import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.GatewaySpec;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.simulator.setup.PoolPlan;
import io.holdfast.simulator.setup.PoolShape;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What follows from the events so far, kept apart from what the domain makes of them. */
final class Facts {
  final Map<IpAddress, EipFact> eips = new HashMap<>();
  final TreeMap<String, PoolFact> pools = new TreeMap<>();
  final TreeMap<String, GatewayFact> gateways = new TreeMap<>();
  final TreeMap<String, NodeFact> nodes = new TreeMap<>();
  final Set<DriftKey> drifts = new TreeSet<>();

  /** Of the last decision, epoch milliseconds. */
  long now;

  /** When each node was last heard of, epoch milliseconds. */
  final Map<String, Long> heardAt = new HashMap<>();

  /** A pool. */
  static final class PoolFact {
    final PoolPlan plan;
    PoolShape shape;
    Set<IpAddress> offered;
    private final EnumMap<Phase, Integer> count = new EnumMap<>(Phase.class);

    PoolFact(PoolPlan plan, PoolShape shape) {
      this.plan = plan;
      this.shape = shape;
      this.offered = new HashSet<>(shape.offered());
    }

    void cut(PoolShape now) {
      shape = now;
      offered = new HashSet<>(now.offered());
    }

    long count(Phase phase) {
      return count.getOrDefault(phase, 0);
    }
  }

  /** An instance of a gateway that may still answer. */
  record Earlier(
      long epoch, String node, long replacedAt, long leaseMs, @Nullable String instance) {}

  /** A gateway. */
  static final class GatewayFact {
    GatewaySpec spec;
    @Nullable String node;
    @Nullable String instance;
    long uptimeMs;
    long epoch;
    long leaseMs;
    long placedAt;
    int probeFailures;
    boolean retiring;

    /** Two instances were given the same: that is on record, and over when all are fenced. */
    boolean overlapped;

    final List<Earlier> earlier = new ArrayList<>();

    GatewayFact(GatewaySpec spec) {
      this.spec = spec;
      this.leaseMs = spec.fenceAfterMs();
    }

    boolean isActive() {
      return node != null
          && !retiring
          && (earlier.isEmpty() || spec.failover() == Failover.TAKEOVER);
    }

    boolean isUnfencedOn(String someNode) {
      for (Earlier one : earlier) {
        if (one.node().equals(someNode)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String toString() {
      return "epoch " + epoch + " on " + node + ", earlier " + earlier + ", " + spec;
    }
  }

  /** A node. */
  static final class NodeFact {
    String boot;
    boolean up = true;
    boolean awaitsInventory;

    /** When to say that it is overdue, epoch milliseconds; 0: not at all. */
    long inventoryDueAt;

    final Set<String> formerBoots = new HashSet<>();

    NodeFact(String boot) {
      this.boot = boot;
    }
  }

  /** What each owner holds. */
  final Map<Owner, List<IpAddress>> held = new HashMap<>();

  void hold(EipFact eip, IpAddress ip) {
    held.computeIfAbsent(Violation.need(eip.owner, "1 one holder", ip), key -> new ArrayList<>(4))
        .add(ip);
  }

  void letGo(EipFact eip, IpAddress ip) {
    List<IpAddress> his = eip.owner == null ? null : held.get(eip.owner);
    Violation.unless(his != null && his.remove(ip), "1 one holder", ip, eip);
  }

  /** Limits by tenant. */
  final TreeMap<String, Long> quotas = new TreeMap<>();

  /** Who waits, by ticket. */
  final TreeMap<Long, WaitFact> waiters = new TreeMap<>();

  /**
   * Somebody who waits for addresses.
   *
   * @param deadline epoch milliseconds
   */
  record WaitFact(EipRequest request, long deadline) {
    /** Whether others are not to be served from its pools before it. */
    boolean holdsUp() {
      return request.ip() == null && !request.contiguous();
    }
  }

  /** Whether a request is about this pool. */
  boolean wants(EipRequest request, String name) {
    IpFamily family = pool(name).plan.family();
    boolean wanted =
        switch (request.family()) {
          case V4 -> family == IpFamily.V4;
          case V6 -> family == IpFamily.V6;
          case DUAL -> true;
          case UNKNOWN -> false;
        };
    return wanted && (request.pools().isEmpty() || request.pools().contains(name));
  }

  /** Whether somebody who came before this ticket is to get the next addresses of the pool. */
  boolean isPromised(String pool, long ticket) {
    return isPromised(pool, ticket, "");
  }

  /**
   * The same when an address is given that counted on a tenant's quota until just now.
   *
   * @param charged that tenant; empty: it counted on none
   */
  boolean isPromised(String pool, long ticket, String charged) {
    for (WaitFact waiter : waiters.headMap(ticket).values()) {
      String tenant = waiter.request().owner().tenant();
      int more = missing(waiter.request()) + (tenant.equals(charged) ? 1 : 0);
      if (waiter.holdsUp()
          && !isOff(waiter)
          && wants(waiter.request(), pool)
          && mayHave(tenant, more)) {
        return true;
      }
    }
    return false;
  }

  /** How many addresses its owner lacks of what it asks for. */
  int missing(EipRequest request) {
    if (request.ip() != null) {
      return 1;
    }
    int missing = 0;
    for (IpFamily family : request.families()) {
      int lacks = request.count();
      for (IpAddress ip : held.getOrDefault(request.owner(), List.of())) {
        lacks -= ip.family() == family && wants(request, eip(ip).pool) ? 1 : 0;
      }
      missing += Math.max(0, lacks);
    }
    return missing;
  }

  /** Whether it waits with a node that is off: it is passed over until that is back. */
  boolean isOff(WaitFact waiter) {
    String name = waiter.request().node();
    NodeFact node = name == null ? null : nodes.get(name);
    return node != null && !node.up;
  }

  /** How many addresses count on a tenant's quota: allocated, releasing and cooling ones. */
  long used(String tenant) {
    long[] used = {0};
    eips.forEach((ip, eip) -> used[0] += tenant.equals(eip.tenant()) ? 1 : 0);
    return used[0];
  }

  boolean mayHave(String tenant, int more) {
    Long limit = quotas.get(tenant);
    return limit == null || used(tenant) + more <= limit;
  }

  /** How many addresses anybody may have now. */
  int free(PoolFact pool) {
    int free = 0;
    for (IpAddress ip : pool.shape.offered()) {
      EipFact eip = eips.get(ip);
      free += eip == null || eip.phase == Phase.FREE ? 1 : 0;
    }
    return free;
  }

  EipFact eip(IpAddress ip) {
    return eips.computeIfAbsent(ip, key -> new EipFact());
  }

  GatewayFact gateway(String name) {
    return Violation.need(gateways.get(name), "gateways", name);
  }

  NodeFact node(String name) {
    return Violation.need(nodes.get(name), "nodes", name);
  }

  PoolFact pool(String name) {
    return Violation.need(pools.get(name), "pools", name);
  }

  long heardAt(String node) {
    return heardAt.getOrDefault(node, 0L);
  }

  boolean drifts(IpAddress ip) {
    for (DriftKey key : drifts) {
      if (key.ip().equals(ip)) {
        return true;
      }
    }
    return false;
  }

  /** The address changes its phase, and the books of its pool follow. */
  void move(EipFact eip, Phase to) {
    PoolFact pool = pool(eip.pool);
    pool.count.merge(eip.phase, -1, Integer::sum);
    pool.count.merge(to, 1, Integer::sum);
    eip.phase = to;
  }

  /** So long nobody answers before its silence is believed, milliseconds: docs/agent.md. */
  static long fenceWait(long leaseMs) {
    return leaseMs + leaseMs / 10 + 2_000;
  }
}
