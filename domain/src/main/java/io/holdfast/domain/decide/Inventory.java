package io.holdfast.domain.decide;

import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.CarriedKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An observation, ready to be asked. Addresses are items with an empty rule id and their prefix
 * length as content.
 *
 * @param complete what is not present is absent
 * @param present items that were there, with their content
 * @param absent items that were looked for and not there
 */
record Inventory(boolean complete, Map<RuleKey, Set<String>> present, Set<RuleKey> absent) {

  static Inventory of(Report.Observation r) {
    Map<RuleKey, Set<String>> present = new HashMap<>();
    r.addresses()
        .forEach(a -> put(present, new RuleKey(a.ip(), ""), Integer.toString(a.prefixLength())));
    r.rules().forEach(rule -> put(present, new RuleKey(rule.ip(), rule.rule()), rule.target()));
    Set<RuleKey> absent = new HashSet<>();
    r.absentAddresses().forEach(ip -> absent.add(new RuleKey(ip, "")));
    r.absentRules().forEach(rule -> absent.add(new RuleKey(rule.ip(), rule.rule())));
    return new Inventory(r.complete(), present, absent);
  }

  private static void put(Map<RuleKey, Set<String>> present, RuleKey item, String content) {
    present.computeIfAbsent(item, key -> new HashSet<>(2)).add(content);
  }

  /** Every item that was looked at by name, in order: events follow it, in every process alike. */
  Set<RuleKey> items() {
    Set<RuleKey> items = new TreeSet<>(present.keySet());
    items.addAll(absent);
    return items;
  }

  boolean shows(CarriedKey item, String content) {
    Set<String> found = present.get(key(item));
    return found != null && found.contains(content);
  }

  /** Surely not there, with whatever content. */
  boolean lacks(CarriedKey item) {
    RuleKey key = key(item);
    return !present.containsKey(key) && (complete || absent.contains(key));
  }

  /** Surely not there with this content. */
  boolean lacksContent(CarriedKey item, String content) {
    Set<String> found = present.get(key(item));
    return found == null ? lacks(item) : !found.contains(content);
  }

  private static RuleKey key(CarriedKey item) {
    return new RuleKey(item.ip(), item.rule());
  }
}
