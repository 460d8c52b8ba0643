package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.simulator.node.Kernel;
import io.holdfast.simulator.setup.Setup;
import java.util.TreeSet;

/**
 * Nothing waits for ever: once faults have stopped for long enough, everything that is wanted is
 * there and known to be there, everything that was released is free, and no kernel has more.
 */
public final class Progress {
  private static final String RULE = "progress";

  private Progress() {}

  /** Throws if something is stuck. */
  public static void check(Watch watch, Setup setup) {
    Facts facts = watch.facts();
    for (IpAddress ip : new TreeSet<>(facts.eips.keySet())) {
      EipFact eip = Violation.need(facts.eips.get(ip), RULE, ip);
      unless(isAtRest(eip), RULE, ip, eip);
      eip.rules.forEach((id, rule) -> unless(rule.wanted, RULE, ip, id + " is not gone"));
      if (eip.gateway != null) {
        long epoch = facts.gateway(eip.gateway).epoch;
        for (EipFact.Place place : eip.places) {
          unless(place.wanted && place.readyEpoch == epoch, RULE, ip, "not ready: " + eip);
        }
        eip.rules.forEach((id, rule) -> {
          boolean ready = rule.place != null && rule.place.readyEpoch == epoch;
          unless(ready, RULE, ip, id + " is not ready");
        });
      }
    }
    unless(facts.drifts.isEmpty(), RULE, "drift", facts.drifts);
    facts.nodes.forEach((name, node) -> unless(node.up, RULE, name, "it is not up"));
    facts.gateways.forEach((name, gateway) ->
        unless(
            gateway.earlier.isEmpty() && (gateway.retiring || gateway.isActive()),
            RULE,
            name,
            gateway));
    for (Kernel kernel : watch.kernels().all()) {
      kernel(facts, setup, kernel);
    }
  }

  /** Held, free, or waiting for an operator. */
  private static boolean isAtRest(EipFact eip) {
    long conflict = eip.terms.conflictUntil;
    return switch (eip.phase) {
      case ALLOCATED -> conflict == 0 || conflict == Address.NEVER;
      case FREE, RESERVED -> true;
      case QUARANTINED -> eip.quarantineUntil == Address.NEVER;
      case RELEASING, COOLING_DOWN -> false;
    };
  }

  private static void kernel(Facts facts, Setup setup, Kernel kernel) {
    String name = setup.gateways().get(kernel.gateway()).name();
    String node = setup.nodes().get(kernel.node());
    Facts.GatewayFact gateway = facts.gateways.get(name);
    boolean current = gateway != null && node.equals(gateway.node);
    TreeSet<IpAddress> wanted = new TreeSet<>();
    if (current) {
      facts.eips.forEach((ip, eip) -> {
        if (eip.phase == Phase.ALLOCATED && name.equals(eip.gateway)) {
          wanted.add(ip);
        }
      });
    }
    unless(
        wanted.equals(new TreeSet<>(kernel.addresses().keySet())),
        RULE,
        name + "@" + node + " is to carry " + wanted,
        kernel.addresses().keySet());
    unless(wanted.isEmpty() || kernel.isOpen(), RULE, name + "@" + node, "it does not answer");
  }
}
