package io.holdfast.demo;

import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.view.DesiredState;
import io.holdfast.domain.view.Withdrawal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent and its kernel on one node, for one gateway: asks what is desired, programs it, reports
 * what it sees.
 */
final class SimulatedGateway {
  private final Stage stage;
  private final String gateway;
  private final String node;
  private final Map<IpAddress, Integer> addresses = new HashMap<>();
  private final Map<String, Report.SeenRule> rules = new HashMap<>();
  private final List<String> removals = new ArrayList<>();
  private String boot = "boot-1";
  private int starts;
  private long observations;
  private boolean removalsWork = true;

  SimulatedGateway(Stage stage, String gateway, String node) {
    this.stage = stage;
    this.gateway = gateway;
    this.node = node;
    heartbeat();
  }

  void heartbeat() {
    stage.report(new Report.NodeHeartbeat(node, boot));
    stage.await(
        node + " is up",
        view -> {
          var known = view.state().nodes().get(node);
          return known != null && known.up() && known.bootId().equals(boot);
        });
  }

  /** The process comes up with an empty kernel. */
  void start() {
    addresses.clear();
    rules.clear();
    String instance = node + "-" + boot + "-" + ++starts;
    stage.report(new Report.InstanceStarted(gateway, node, boot, instance));
    stage.await(
        gateway + " knows instance " + instance,
        view -> {
          Gateway known = view.state().gateways().get(gateway);
          return known != null && instance.equals(known.instance());
        });
  }

  /** A removal "succeeds" and removes nothing. */
  void breakRemovals() {
    removalsWork = false;
  }

  void mendRemovals() {
    removalsWork = true;
  }

  /** Somebody adds an address by hand. */
  void addByHand(IpAddress ip, int prefixLength) {
    addresses.put(ip, prefixLength);
  }

  Map<IpAddress, Integer> kernel() {
    return addresses;
  }

  /** Every removal as it was told: address/prefix and tenure. */
  List<String> removals() {
    return removals;
  }

  Optional<DesiredState> desired() {
    return stage.read(view -> Optional.ofNullable(DesiredState.of(view.state(), gateway, node)));
  }

  /** Makes the kernel match, then reports all of it. */
  void sync() {
    desired()
        .ifPresent(state -> {
          apply(state);
          stage.report(observation(state.epoch(), state.revision()));
        });
  }

  void apply(DesiredState state) {
    for (Withdrawal withdrawal : state.withdraw()) {
      if (withdrawal.rule().isEmpty()) {
        removals.add(
            withdrawal.ip() + "/" + withdrawal.prefixLength() + " tenure " + withdrawal.tenure());
        if (removalsWork) {
          addresses.remove(withdrawal.ip(), withdrawal.prefixLength());
        }
      } else {
        rules.remove(withdrawal.ip() + " " + withdrawal.rule());
      }
    }
    state.addresses().forEach(a -> addresses.put(a.ip(), a.prefixLength()));
    Map<String, Report.SeenRule> wanted = new HashMap<>();
    state
        .rules()
        .forEach(r ->
            wanted.put(
                r.ip() + " " + r.spec().id(),
                new Report.SeenRule(r.ip(), r.spec().id(), r.spec().target())));
    rules.clear();
    rules.putAll(wanted);
  }

  /** What the kernel has now, as an observation. */
  Report.Observation observation(long epoch, long appliedRevision) {
    List<Report.SeenAddress> seen = new ArrayList<>();
    addresses.forEach((ip, prefixLength) -> seen.add(new Report.SeenAddress(ip, prefixLength)));
    return new Report.Observation(
        gateway,
        node,
        epoch,
        ++observations,
        appliedRevision,
        true,
        seen,
        List.copyOf(rules.values()),
        List.of(),
        List.of());
  }

  /** One observation for each address and rule, of that alone: they may arrive in any order. */
  List<Report> pieces(long epoch, long appliedRevision) {
    List<Report> pieces = new ArrayList<>();
    addresses.forEach((ip, prefixLength) ->
        pieces.add(
            new Report.Observation(
                gateway,
                node,
                epoch,
                ++observations,
                appliedRevision,
                false,
                List.of(new Report.SeenAddress(ip, prefixLength)),
                rules.values().stream().filter(r -> r.ip().equals(ip)).toList(),
                List.of(),
                List.of())));
    return pieces;
  }

  /** Power cut and boot: another boot id, an empty kernel. */
  void reboot(String newBoot) {
    boot = newBoot;
    addresses.clear();
    rules.clear();
    heartbeat();
  }

  String boot() {
    return boot;
  }
}
