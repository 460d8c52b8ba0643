package io.holdfast.simulator.node;

import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.view.DesiredState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Observations of a kernel as it is at this moment. */
final class Look {
  private Look() {}

  static Report.Observation whole(Kernel kernel, DesiredState applied, String node, long number) {
    List<Report.SeenAddress> addresses = new ArrayList<>();
    kernel
        .addresses()
        .forEach((ip, up) -> addresses.add(new Report.SeenAddress(ip, up.prefixLength())));
    List<Report.SeenRule> rules = new ArrayList<>();
    kernel
        .rules()
        .forEach(
            (key, spec) -> rules.add(new Report.SeenRule(key.ip(), key.rule(), spec.target())));
    return observation(applied, node, number, true, addresses, rules, List.of(), List.of());
  }

  static Report.Observation part(
      Kernel kernel, DesiredState applied, String node, long number, Set<RuleKey> items) {
    List<Report.SeenAddress> addresses = new ArrayList<>();
    List<Report.SeenRule> rules = new ArrayList<>();
    List<IpAddress> absent = new ArrayList<>();
    List<Report.AbsentRule> absentRules = new ArrayList<>();
    for (RuleKey item : items) {
      if (item.rule().isEmpty()) {
        Kernel.Up up = kernel.addresses().get(item.ip());
        if (up == null) {
          absent.add(item.ip());
        } else {
          addresses.add(new Report.SeenAddress(item.ip(), up.prefixLength()));
        }
      } else {
        RuleSpec spec = kernel.rules().get(item);
        if (spec == null) {
          absentRules.add(new Report.AbsentRule(item.ip(), item.rule()));
        } else {
          rules.add(new Report.SeenRule(item.ip(), item.rule(), spec.target()));
        }
      }
    }
    return observation(applied, node, number, false, addresses, rules, absent, absentRules);
  }

  private static Report.Observation observation(
      DesiredState applied,
      String node,
      long number,
      boolean complete,
      List<Report.SeenAddress> addresses,
      List<Report.SeenRule> rules,
      List<IpAddress> absent,
      List<Report.AbsentRule> absentRules) {
    return new Report.Observation(
        applied.gateway(),
        node,
        applied.epoch(),
        number,
        applied.revision(),
        complete,
        addresses,
        rules,
        absent,
        absentRules);
  }
}
