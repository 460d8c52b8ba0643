package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.event.Evidence;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;
import org.jspecify.annotations.Nullable;

/** FIP, DNAT and SNAT: all kinds go the same way. */
final class NatRules {
  private final Facts facts;
  private final EipRules eips;

  NatRules(Facts facts, EipRules eips) {
    this.facts = facts;
    this.eips = eips;
  }

  void added(EventHeader header, IpAddress ip, long tenure, String id, String target, String vpc) {
    EipFact eip = eips.held(ip, tenure);
    EipFact.RuleFact rule = eip.rules.get(id);
    if (rule == null) {
      rule = new EipFact.RuleFact();
      eip.rules.put(id, rule);
      rule.place = eip.gateway == null ? null : new EipFact.Place(eip.gateway, 0);
    }
    rule.wanted = true;
    rule.content = vpc + " " + target;
    rule.target = target;
    if (rule.place != null) {
      unless(rule.place.gateway.equals(eip.gateway), "rules", id, "it is still elsewhere");
      EipRules.want(rule.place, header);
    }
  }

  void removed(
      Stimulus stimulus, EventHeader header, IpAddress ip, long tenure, String id, boolean with) {
    EipFact eip = eips.held(ip, tenure);
    EipFact.RuleFact rule = rule(eip, id);
    unless(rule.wanted, "rules", id, "it is being removed");
    boolean asked =
        stimulus instanceof Stimulus.Asked a
            && (a.command() instanceof Command.UnbindFip
                || a.command() instanceof Command.RemoveDnat
                || a.command() instanceof Command.RemoveSnat);
    unless(with != asked, "restore", id, stimulus);
    if (with) {
      eip.formerRules.put(id, rule.content);
    }
    rule.wanted = false;
    if (rule.place != null) {
      EipRules.withdraw(rule.place, header, facts.gateway(rule.place.gateway).epoch);
    }
  }

  void withdrawn(Event.RuleWithdrawn e) {
    EipFact eip = eips.tenure(e.ip(), e.tenure());
    EipFact.RuleFact rule = rule(eip, e.rule());
    unless(!rule.wanted, "8 rules", e, "it is wanted");
    unless(
        (rule.place == null) == (e.evidence() == Evidence.NOT_CARRIED), "8 rules", e, rule.place);
    eip.rules.remove(e.rule());
  }

  void programmed(Stimulus stimulus, Event.RuleProgrammed e) {
    EipFact eip = eips.held(e.ip(), e.tenure());
    EipFact.RuleFact rule = rule(eip, e.rule());
    EipFact.Place place = given(eip, rule, e.revision(), e);
    Report.Observation r =
        GatewayRules.observation(facts, stimulus, e.gateway(), e.epoch(), e.revision(), e);
    unless(shows(r, e.ip(), e.rule(), rule.target), "4 ready", e, "it was not seen");
    place.readyEpoch = e.epoch();
    place.observation = e.observation();
  }

  void unprogrammed(Stimulus stimulus, Event.RuleUnprogrammed e) {
    EipFact eip = eips.held(e.ip(), e.tenure());
    EipFact.RuleFact rule = rule(eip, e.rule());
    EipFact.Place place = given(eip, rule, e.revision(), e);
    Report.Observation r =
        GatewayRules.observation(facts, stimulus, e.gateway(), e.epoch(), e.revision(), e);
    unless(!shows(r, e.ip(), e.rule(), rule.target), "4 ready", e, "it was seen");
    boolean other =
        r.rules().stream().anyMatch(s -> s.ip().equals(e.ip()) && s.rule().equals(e.rule()));
    unless(
        r.complete() || other || r.absentRules().contains(new Report.AbsentRule(e.ip(), e.rule())),
        "4 ready",
        e,
        "nobody looked for it");
    unless(r.number() > place.observation, "5 old reports", e, place.observation);
    place.readyEpoch = 0;
    place.observation = e.observation();
  }

  private static boolean shows(Report.Observation r, IpAddress ip, String id, String target) {
    for (Report.SeenRule seen : r.rules()) {
      if (seen.rule().equals(id) && seen.ip().equals(ip) && seen.target().equals(target)) {
        return true;
      }
    }
    return false;
  }

  private static EipFact.Place given(EipFact eip, EipFact.RuleFact rule, long revision, Object e) {
    EipFact.@Nullable Place place = rule.place;
    EipFact.Place there = Violation.need(place, "4 ready", e);
    unless(there.wanted && there.revision == revision, "5 old reports", e, there.revision);
    unless(eip.places.size() == 1, "fence", e, "its address may still be elsewhere");
    return there;
  }

  private static EipFact.RuleFact rule(EipFact eip, String id) {
    return Violation.need(eip.rules.get(id), "rules", id);
  }
}
