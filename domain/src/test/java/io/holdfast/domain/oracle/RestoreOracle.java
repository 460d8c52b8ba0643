package io.holdfast.domain.oracle;

import static io.holdfast.domain.oracle.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.oracle.Facts.EipFact;
import io.holdfast.domain.oracle.Facts.RuleFact;
import io.holdfast.domain.oracle.Facts.Stage;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A release that is undone gives its holder back all that it had, and nothing that somebody else
 * has by now.
 */
final class RestoreOracle {
  private final Facts facts;

  RestoreOracle(Facts facts) {
    this.facts = facts;
  }

  /** A tenure ends: its holder is to be had back. */
  void remember(EipFact eip) {
    eip.formerOwner = eip.owner;
    eip.formerNode = eip.node;
    eip.formerGateway = eip.gateway;
    eip.formerTags.clear();
    eip.formerTags.putAll(eip.tags);
    eip.offeredTo = null;
  }

  static void forget(EipFact eip) {
    eip.formerOwner = null;
    eip.formerNode = null;
    eip.formerGateway = null;
    eip.formerRules.clear();
  }

  /** A rule goes by itself if somebody asked for that, else with its EIP. */
  void ruleRemoved(Stimulus stimulus, IpAddress ip, String id, boolean withEip) {
    boolean asked =
        stimulus instanceof Stimulus.Asked a
            && (a.command() instanceof Command.UnbindFip
                || a.command() instanceof Command.RemoveDnat
                || a.command() instanceof Command.RemoveSnat);
    unless(withEip != asked, "restore", ip + " " + id + " withEip=" + withEip + ": " + stimulus);
    if (!asked) {
      EipFact eip = Facts.need(facts.eips, ip, "rules");
      eip.formerRules.put(id, content(Facts.need(eip.rules, id, "rules")));
    }
  }

  void restored(Stimulus stimulus, EventHeader header, Event.EipRestored e) {
    EipFact eip = Facts.need(facts.eips, e.ip(), "restore");
    boolean wished =
        stimulus instanceof Stimulus.Asked asked
            && asked.command() instanceof Command.RestoreEip c
            && c.ip().equals(e.ip())
            && (c.tenure() == null || c.tenure() == eip.tenure)
            && (c.owner() == null || c.owner().equals(eip.formerOwner));
    unless(wished, "restore", e + " without a wish");
    unless(
        eip.stage == Stage.LEAVING || eip.stage == Stage.RESTING,
        "1 one holder",
        e + " while " + eip.stage);
    unless(e.owner().equals(eip.formerOwner), "restore", e + " but " + eip.formerOwner + " had it");
    unless(e.restores() == eip.tenure && e.pool().equals(eip.pool), "restore", e.toString());
    unless(
        e.tenure() == header.sequence() && e.tenure() > eip.tenure, "tenures grow", e.toString());
    NodeBinding bound = eip.formerNode;
    boolean lives =
        bound != null && bound.bootId().equals(Facts.need(facts.nodes, bound.node(), "nodes").boot);
    unless(Objects.equals(e.node(), lives ? bound : null), "bindings", e + " was " + bound);
    eip.stage = Stage.HELD;
    eip.tenure = e.tenure();
    eip.owner = e.owner();
    eip.node = e.node();
    eip.gateway = null;
    eip.absent = 0;
    boolean wasAdopted = eip.adopted;
    long conflictUntil = eip.conflictUntil;
    eip.begin(eip.formerTags);
    eip.adopted = wasAdopted;
    eip.conflictUntil = conflictUntil;
  }

  /** Whether what was answered is so. */
  void after(Stimulus stimulus, List<Recorded> events) {
    if (!(stimulus instanceof Stimulus.Asked asked)
        || !(asked.command() instanceof Command.RestoreEip c)
        || asked.meta().dryRun()) {
      return;
    }
    EipFact eip = facts.eips.get(c.ip());
    boolean answeredBefore = events.isEmpty();
    if (eip == null || answeredBefore || !(asked.outcome() instanceof Outcome.Accepted accepted)) {
      return;
    }
    unless(
        accepted.grants().equals(List.of(new Grant(c.ip(), eip.tenure, eip.pool))),
        "7 answers",
        accepted.toString());
    Map<String, String> wanted = new TreeMap<>();
    eip.rules.forEach((id, rule) -> {
      if (rule.wanted) {
        wanted.put(id, content(rule));
      }
    });
    unless(
        wanted.equals(eip.formerRules),
        "7 all or nothing",
        c + " brought back " + wanted + " of " + eip.formerRules);
    unless(Objects.equals(eip.formerGateway, eip.gateway), "restore", c + " on " + eip.gateway);
    forget(eip);
  }

  /** A refusal says what stands in the way, and it does. */
  static void refused(Facts facts, Command.RestoreEip c, Refusal refusal) {
    EipFact eip = facts.eips.get(c.ip());
    Stage stage = eip == null ? Stage.UNUSED : eip.stage;
    boolean everHeld = eip != null && eip.tenure > 0;
    boolean holds =
        switch (refusal.code()) {
          case AddressInUse -> stage == Stage.HELD;
          case AddressNotAllocated ->
              stage == Stage.UNUSED || eip == null || !everHeld || eip.formerOwner == null;
          case AddressQuarantined -> stage == Stage.QUARANTINED;
          case AddressReserved -> stage == Stage.RESERVED;
          case StaleRevision,
              StaleTenure,
              NotOwner,
              InternalIpInUse,
              GatewayUnknown,
              GatewayRetiring ->
              true;
          default -> false;
        };
    unless(holds, "refusals", c + " while " + stage + ": " + refusal);
  }

  private static String content(RuleFact rule) {
    return rule.vpc + " " + rule.target;
  }
}
