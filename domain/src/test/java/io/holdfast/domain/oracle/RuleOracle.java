package io.holdfast.domain.oracle;

import static io.holdfast.domain.oracle.Violation.unless;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.oracle.Facts.EipFact;
import io.holdfast.domain.oracle.Facts.GatewayFact;
import io.holdfast.domain.oracle.Facts.Place;
import io.holdfast.domain.oracle.Facts.RuleFact;
import io.holdfast.domain.report.Report;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rules: FIP, DNAT, SNAT. */
final class RuleOracle {
  private final Facts facts;

  RuleOracle(Facts facts) {
    this.facts = facts;
  }

  static String dnat(Protocol protocol, int port) {
    return "dnat/" + protocol.name().toLowerCase(Locale.ROOT) + "/" + port;
  }

  void added(
      EventHeader header,
      IpAddress ip,
      String id,
      String target,
      @Nullable String inside,
      String vpc) {
    if (inside != null) {
      facts.eips.forEach((otherIp, other) ->
          other.rules.forEach((otherId, rule) ->
              unless(
                  (otherIp.equals(ip) && otherId.equals(id))
                      || !rule.inside.contains(vpc + " " + inside),
                  "one internal side",
                  inside + " of " + ip + " " + id + " is also on " + otherIp + " " + otherId)));
    }
    EipFact eip = Facts.need(facts.eips, ip, "rules");
    RuleFact rule = eip.rules.computeIfAbsent(id, i -> new RuleFact());
    rule.wanted = true;
    rule.target = target;
    rule.vpc = vpc;
    rule.revision = header.sequence();
    Place place = rule.place;
    String gateway = eip.gateway;
    if (place == null && gateway != null) {
      place = new Place();
      rule.place = place;
      rule.gateway = gateway;
    }
    if (place == null) {
      rule.inside.clear();
    } else {
      unless(
          eip.gateway != null && eip.gateway.equals(rule.gateway),
          "rules",
          id + " on two gateways");
      place.wanted = true;
      place.revision = header.sequence();
      place.readyEpoch = 0;
      place.epochs.add(
          Facts.need(facts.gateways, java.util.Objects.requireNonNull(rule.gateway), "gateways")
              .epoch);
    }
    if (inside != null) {
      rule.inside.add(vpc + " " + inside);
    }
  }

  void removed(EventHeader header, IpAddress ip, String id) {
    RuleFact rule = rule(ip, id);
    unless(rule.wanted, "rules", ip + " " + id + " is removed twice");
    rule.wanted = false;
    rule.revision = header.sequence();
    if (rule.place != null) {
      rule.place.wanted = false;
      rule.place.revision = header.sequence();
      rule.place.readyEpoch = 0;
    }
  }

  void follow(EventHeader header, EipFact eip, String gateway, long epoch) {
    eip.rules.values().stream()
        .filter(rule -> rule.wanted)
        .forEach(rule -> {
          unless(rule.place == null, "rules", "a live rule was left behind");
          Place place = new Place();
          place.wanted = true;
          place.revision = header.sequence();
          place.epochs.add(epoch);
          rule.revision = header.sequence();
          rule.place = place;
          rule.gateway = gateway;
        });
  }

  void programmed(Event.RuleProgrammed e, Report.Observation seen) {
    RuleFact rule = checked(e.ip(), e.rule(), e.gateway(), e.epoch(), e.revision());
    unless(shows(seen, e.ip(), e.rule(), rule.target), "4 ready", e + " was not seen");
    Place place = rule.place;
    if (place != null) {
      place.readyEpoch = e.epoch();
      String inside = e.rule().startsWith("snat/") ? e.rule().substring(5) : rule.target;
      rule.inside.removeIf(old -> !old.equals(rule.vpc + " " + inside));
    }
  }

  void unprogrammed(Event.RuleUnprogrammed e, Report.Observation seen) {
    RuleFact rule = checked(e.ip(), e.rule(), e.gateway(), e.epoch(), e.revision());
    unless(!shows(seen, e.ip(), e.rule(), rule.target), "4 ready", e + " was seen");
    if (rule.place != null) {
      rule.place.readyEpoch = 0;
    }
  }

  private static boolean shows(Report.Observation seen, IpAddress ip, String id, String target) {
    return seen.rules().stream()
        .anyMatch(r -> r.ip().equals(ip) && r.rule().equals(id) && r.target().equals(target));
  }

  private RuleFact checked(IpAddress ip, String id, String gateway, long epoch, long revision) {
    RuleFact rule = rule(ip, id);
    Place place = rule.place;
    GatewayFact on = Facts.need(facts.gateways, gateway, "gateways");
    unless(
        place != null && gateway.equals(rule.gateway) && place.wanted && place.revision == revision,
        "5 old reports",
        ip + " " + id + " at revision " + revision);
    unless(on.epoch == epoch && on.active(), "5 old reports", "epoch " + epoch + " of " + gateway);
    return rule;
  }

  void withdrawn(Event.RuleWithdrawn e) {
    EipFact eip = Facts.need(facts.eips, e.ip(), "rules");
    RuleFact rule = rule(e.ip(), e.rule());
    unless(!rule.wanted, "8 rules", e + " but it is wanted");
    unless(
        rule.place == null || rule.place.epochs.isEmpty(),
        "8 rules",
        e + " but it was not seen gone");
    eip.rules.remove(e.rule());
  }

  RuleFact rule(IpAddress ip, String id) {
    return Facts.need(Facts.need(facts.eips, ip, "rules").rules, id, "rules");
  }
}
