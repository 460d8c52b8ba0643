package io.holdfast.simulator.check;

import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.GatewaySpec;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.simulator.setup.PoolPlan;
import io.holdfast.simulator.setup.PoolShape;
import java.util.ArrayList;
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

  /** When each node was last heard of, epoch milliseconds. */
  final Map<String, Long> heardAt = new HashMap<>();

  /** A pool. */
  static final class PoolFact {
    final PoolPlan plan;
    PoolShape shape;
    Set<IpAddress> offered;
    final long[] count = new long[Phase.values().length];

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
      return count[phase.ordinal()];
    }
  }

  /** An instance of a gateway that may still answer. */
  record Earlier(long epoch, String node, long replacedAt, long leaseMs) {}

  /** A gateway. */
  static final class GatewayFact {
    GatewaySpec spec;
    @Nullable String node;
    @Nullable String instance;
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
    final Set<String> formerBoots = new HashSet<>();

    NodeFact(String boot) {
      this.boot = boot;
    }
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
    pool.count[eip.phase.ordinal()]--;
    pool.count[to.ordinal()]++;
    eip.phase = to;
  }

  /** So long nobody answers before its silence is believed, milliseconds: docs/agent.md. */
  static long fenceWait(long leaseMs) {
    return leaseMs + leaseMs / 10 + 2_000;
  }
}
