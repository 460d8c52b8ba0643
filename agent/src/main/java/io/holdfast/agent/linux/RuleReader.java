package io.holdfast.agent.linux;

import io.holdfast.agent.driver.Inventory;
import io.holdfast.domain.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes rules of elements. */
final class RuleReader {
  private RuleReader() {}

  /**
   * @param elements all there are: of a FIP whose other half is not among them only a half is there
   */
  static List<Inventory.Rule> rules(Collection<NatElement> elements) {
    Map<NatKey, NatElement> byKey = new HashMap<>(elements.size() * 2);
    elements.forEach(e -> byKey.put(e.key(), e));
    List<Inventory.Rule> rules = new ArrayList<>(elements.size());
    for (NatElement element : elements) {
      NatMap.Kind kind = element.key().map().kind();
      boolean fip = kind == NatMap.Kind.FIP_IN || kind == NatMap.Kind.FIP_OUT;
      NatElement other = fip ? byKey.get(otherWay(element)) : null;
      boolean whole = !fip || (other != null && otherWay(other).equals(element.key()));
      if (whole && kind == NatMap.Kind.FIP_OUT) {
        continue; // listed with its way in
      }
      rules.add(
          new Inventory.Rule(
              NatRules.eip(element),
              NatRules.id(element),
              (whole ? "" : RulePlan.HALF) + NatRules.target(element),
              element.ours() && (other == null || other.ours())));
    }
    return rules;
  }

  /** The key of a FIP's other half. */
  static NatKey otherWay(NatElement element) {
    IpAddress value = element.value().ip();
    return element.key().map().kind() == NatMap.Kind.FIP_IN
        ? NatKey.of(NatMap.fipOut(value.family()), value)
        : NatKey.of(NatMap.fipIn(value.family()), value);
  }
}
