package io.holdfast.domain.script;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.oracle.Oracle;
import io.holdfast.domain.oracle.Violation;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Nodes, the gateway agents on them and their kernels, as they really are: what the service does
 * not see unless a report reaches it. Agents keep their contract: they believe their kernel only by
 * looking, and without a heartbeat that got through for {@code fenceAfter} they take everything
 * down.
 */
final class Agents {
  private final Map<String, Node> nodes = new TreeMap<>();
  private final Map<String, Agent> agents = new TreeMap<>();
  private final Map<String, Oracle.Desired> desiredByRevision = new TreeMap<>();

  static final class Node {
    int boot = 1;
    boolean on = true;
    boolean cut;
    long contactAt = -1;
  }

  static final class Agent {
    final String gateway;
    final String node;
    final Map<IpAddress, Integer> addresses = new TreeMap<>();
    final Map<String, Report.SeenRule> rules = new TreeMap<>();
    final Set<IpAddress> strays = new HashSet<>();
    int instance = 1;
    long epoch;
    long applied;
    long number;
    long fenceAfterMs;
    Oracle.@Nullable Desired pending;
    long pendingEpoch;
    long pendingRevision;

    Agent(String gateway, String node) {
      this.gateway = gateway;
      this.node = node;
    }

    String instanceName() {
      return gateway + "-" + node + "-" + instance;
    }

    void empty() {
      addresses.clear();
      rules.clear();
      strays.clear();
      pending = null;
      applied = 0;
    }
  }

  Node node(String name) {
    return nodes.computeIfAbsent(name, n -> new Node());
  }

  Agent agent(String gateway, String node) {
    return agents.computeIfAbsent(gateway + "@" + node, k -> new Agent(gateway, node));
  }

  boolean reaches(String node) {
    return node(node).on && !node(node).cut;
  }

  String boot(String node) {
    return "b" + node(node).boot;
  }

  void off(String name) {
    node(name).on = false;
    agents.values().stream().filter(a -> a.node.equals(name)).forEach(Agent::empty);
  }

  void boot(String name, boolean again) {
    off(name);
    Node node = node(name);
    node.on = true;
    node.boot += again ? 1 : 0;
    node.contactAt = -1;
    for (Agent agent : agents.values()) {
      if (agent.node.equals(name)) {
        agent.instance++;
        agent.epoch = 0;
      }
    }
  }

  /** The gateway's process on the node starts anew, with an empty kernel. */
  void begin(String gateway, String node) {
    Agent agent = agent(gateway, node);
    agent.empty();
    agent.instance++;
    agent.epoch = 0;
    agent.number = 0;
  }

  void heard(String node, long now) {
    node(node).contactAt = now;
  }

  /** Time passed: who has been without contact for too long has taken everything down. */
  void passed(long now) {
    for (Agent agent : agents.values()) {
      long contact = node(agent.node).contactAt;
      if (agent.fenceAfterMs > 0 && now >= contact + agent.fenceAfterMs) {
        agent.empty();
      }
    }
  }

  /**
   * Asks for the desired state. An agent works for an epoch only once the service knows its
   * instance.
   */
  void sync(Agent agent, Oracle oracle, State state, long now) {
    Oracle.Placement placement = oracle.placement(agent.gateway);
    var gateway = state.gateways().get(agent.gateway);
    if (placement == null || gateway == null || !reaches(agent.node)) {
      return;
    }
    long contact = node(agent.node).contactAt;
    if (contact < 0 || now >= contact + placement.fenceAfterMs()) {
      return;
    }
    boolean current = agent.node.equals(placement.node());
    if (current && !agent.instanceName().equals(placement.instance())) {
      return;
    }
    long epoch = placement.epoch();
    if (!current) {
      // The service tells a node, too, what it is to hold for an instance that is not fenced yet:
      // nothing; and the same if it has none there any more, or never had: epoch 0.
      epoch = Math.max(agent.epoch, placement.unfencedOn(agent.node));
    }
    Oracle.Desired desired = oracle.desired(agent.gateway, agent.node);
    if (current) {
      Oracle.Desired before =
          desiredByRevision.putIfAbsent(agent.gateway + " " + gateway.revision(), desired);
      Violation.check(
          before == null || before.equals(desired),
          "revision",
          "what "
              + agent.gateway
              + " is to carry changed and its revision did not: "
              + before
              + " became "
              + desired);
    }
    agent.pending = desired;
    agent.pendingEpoch = epoch;
    agent.pendingRevision = gateway.revision();
    agent.fenceAfterMs = placement.fenceAfterMs();
  }

  /**
   * Makes the kernel match.
   *
   * @param mode all; adds: died before it removed anything; stuck: removals succeed and remove
   *     nothing
   */
  void apply(Agent agent, String mode) {
    Oracle.Desired desired = agent.pending;
    if (desired == null || !node(agent.node).on) {
      return;
    }
    agent.addresses.putAll(desired.addresses());
    agent.rules.putAll(desired.rules());
    if (mode.equals("adds")) {
      return;
    }
    if (!mode.equals("stuck")) {
      agent.addresses.keySet().retainAll(desired.addresses().keySet());
      agent.rules.keySet().retainAll(desired.rules().keySet());
      agent.strays.clear();
    }
    agent.epoch = agent.pendingEpoch;
    agent.applied = agent.pendingRevision;
  }

  /** Looks at the kernel. Null while there is nothing to say. */
  Report.@Nullable Observation look(Agent agent, boolean partial) {
    if (agent.applied == 0 || !node(agent.node).on) {
      return null;
    }
    List<Report.SeenAddress> seen = new ArrayList<>();
    agent.addresses.forEach((ip, prefix) -> seen.add(new Report.SeenAddress(ip, prefix)));
    return new Report.Observation(
        agent.gateway,
        agent.node,
        agent.epoch,
        ++agent.number,
        agent.applied,
        !partial,
        partial ? seen.subList(0, seen.size() / 2) : seen,
        new ArrayList<>(agent.rules.values()),
        List.of(),
        List.of());
  }

  void stray(Agent agent, IpAddress ip) {
    if (node(agent.node).on) {
      agent.addresses.put(ip, ip.family().bits());
      agent.strays.add(ip);
    }
  }

  /** Two kernels never carry one address, but for overlaps that are on record. */
  void check(Oracle oracle) {
    Map<IpAddress, Agent> carriers = new TreeMap<>();
    for (Agent agent : agents.values()) {
      for (IpAddress ip : agent.addresses.keySet()) {
        Agent other = carriers.putIfAbsent(ip, agent);
        if (other == null || agent.strays.contains(ip) || other.strays.contains(ip)) {
          continue;
        }
        Oracle.Placement placement = oracle.placement(agent.gateway);
        boolean recorded =
            oracle.drifts(ip)
                || (agent.gateway.equals(other.gateway)
                    && placement != null
                    && placement.overlaps());
        Violation.check(
            recorded,
            "two kernels",
            ip
                + " is on "
                + other.gateway
                + "@"
                + other.node
                + " and "
                + agent.gateway
                + "@"
                + agent.node);
      }
    }
  }
}
