package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.State;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows that an event touched say what follows from the events. */
final class RowCheck {
  private final Facts facts;

  RowCheck(Facts facts) {
    this.facts = facts;
  }

  void address(State state, IpAddress ip) {
    Address row = state.addresses().get(ip);
    EipFact eip = facts.eips.get(ip);
    if (row == null) {
      unless(eip == null || eip.phase == Phase.FREE, "state", ip, eip);
      return;
    }
    EipFact fact = Violation.need(eip, "state", ip);
    unless(
        row.phase() == fact.phase
            && row.tenure() == fact.tenure
            && row.pool().equals(fact.pool)
            && row.rulesLeft() == fact.rules.size(),
        "state",
        row,
        fact);
    boolean timed = row.phase() == Phase.COOLING_DOWN;
    unless(!timed || row.freeAt() == fact.freeAt, "state", row, fact.freeAt);
    boolean kept = row.phase() == Phase.QUARANTINED;
    unless(!kept || row.freeAt() == fact.quarantineUntil, "quarantine", row, fact.quarantineUntil);
    Tenancy tenancy = row.tenancy();
    if (tenancy != null) {
      TermsCheck.check(tenancy.terms(), fact, row);
    }
    boolean held = row.phase() == Phase.ALLOCATED;
    unless(!held || tenancy != null, "state", row, fact);
    if (held && tenancy != null) {
      unless(
          tenancy.tenure() == fact.tenure
              && tenancy.owner().equals(fact.owner)
              && Objects.equals(tenancy.node(), fact.node)
              && Objects.equals(tenancy.gateway(), fact.gateway)
              && tenancy.liveRules() == fact.liveRules(),
          "state",
          row,
          fact);
      int failures = tenancy.probe() == null ? 0 : tenancy.probe().failures();
      unless(failures == fact.probeFailures, "probes", row, fact.probeFailures);
      int absent = tenancy.doubt() == null ? 0 : tenancy.doubt().absent();
      unless(absent == fact.absent, "2 absent", row, fact.absent);
    }
    unless(row.carriages().size() == fact.places.size(), "state", row, fact);
    for (Carriage carriage : row.carriages()) {
      place(carriage, fact.at(carriage.gateway()), row);
    }
    for (Map.Entry<String, EipFact.RuleFact> entry : fact.rules.entrySet()) {
      rule(state, new RuleKey(ip, entry.getKey()), entry.getValue());
    }
  }

  private void rule(State state, RuleKey key, EipFact.RuleFact fact) {
    Rule rule = Violation.need(state.rules().get(key), "state", key);
    unless(
        rule.wanted() == fact.wanted && rule.spec().target().equals(fact.target),
        "state",
        rule,
        fact.content);
    boolean ready = fact.place != null && fact.place.readyEpoch != 0 && fact.wanted;
    unless(!ready || rule.previous().isEmpty(), "one internal side", rule, "it was seen so");
    if (rule.carriage() != null) {
      place(rule.carriage(), fact.place, rule);
    } else {
      unless(fact.place == null, "state", rule, "it has a place");
    }
  }

  private void place(Carriage carriage, EipFact.@Nullable Place place, Object row) {
    EipFact.Place there = Violation.need(place, "state", row);
    long epoch = facts.gateway(carriage.gateway()).epoch;
    unless(
        carriage.wanted() == there.wanted
            && carriage.revision() == there.revision
            && carriage.prefixLength() == there.prefixLength,
        "state",
        row,
        there.revision);
    unless(
        carriage.readyAt(epoch) == (there.wanted && there.readyEpoch == epoch),
        "4 ready",
        row,
        there.readyEpoch);
  }

  void gateway(State state, String name) {
    Gateway row = Violation.need(state.gateways().get(name), "state", name);
    Facts.GatewayFact fact = facts.gateway(name);
    unless(
        row.epoch() == fact.epoch
            && Objects.equals(row.node(), fact.node)
            && Objects.equals(row.instance(), fact.instance)
            && row.retiring() == fact.retiring
            && row.placedAt() == fact.placedAt
            && row.spec().equals(fact.spec)
            && row.isActive() == fact.isActive()
            && row.unfenced().size() == fact.earlier.size(),
        "state",
        row,
        fact);
    unless(row.node() == null || row.leaseMs() == fact.leaseMs, "fence", row, fact.leaseMs);
    int failures = row.probe() == null ? 0 : row.probe().failures();
    unless(failures == fact.probeFailures, "probes", row, fact.probeFailures);
    for (int i = 0; i < row.unfenced().size(); i++) {
      GatewayInstance instance = row.unfenced().get(i);
      unless(
          new Facts.Earlier(
                  instance.epoch(),
                  instance.node(),
                  instance.replacedAt(),
                  instance.leaseMs(),
                  fact.earlier.get(i).instance())
              .equals(fact.earlier.get(i)),
          "fence",
          row,
          fact);
    }
  }

  void node(State state, String name) {
    Node row = Violation.need(state.nodes().get(name), "state", name);
    Facts.NodeFact fact = facts.node(name);
    unless(
        row.bootId().equals(fact.boot)
            && row.up() == fact.up
            && (row.awaitedInventory() != null) == fact.awaitsInventory,
        "state",
        row,
        fact.boot);
  }

  void pool(State state, String name) {
    Facts.PoolFact fact = facts.pools.get(name);
    PoolUse use = state.poolUse().get(name);
    Pool pool = state.pools().get(name);
    if (fact == null) {
      unless(use == null && pool == null, "state", name, "it was removed");
      return;
    }
    PoolUse row = Violation.need(use, "10 counters", name);
    unless(
        row.allocated() == fact.count(Phase.ALLOCATED)
            && row.releasing() == fact.count(Phase.RELEASING)
            && row.coolingDown() == fact.count(Phase.COOLING_DOWN)
            && row.quarantined() == fact.count(Phase.QUARANTINED)
            && row.reserved() == fact.count(Phase.RESERVED),
        "10 counters",
        row,
        name);
  }
}
