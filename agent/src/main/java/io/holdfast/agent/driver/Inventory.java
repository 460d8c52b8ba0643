package io.holdfast.agent.driver;

import io.holdfast.domain.net.IpAddress;
import java.util.List;
import java.util.Set;

/**
 * What was really there.
 *
 * @param complete true: what is not listed is not there. false: only the items asked for were
 *     looked at; each is listed or absent
 * @param absent items that were looked for and not there; empty if complete
 */
public record Inventory(
    boolean complete, List<Address> addresses, List<Rule> rules, Set<Item> absent) {

  public Inventory {
    addresses = List.copyOf(addresses);
    rules = List.copyOf(rules);
    absent = Set.copyOf(absent);
  }

  /** All that is there. */
  public static Inventory complete(List<Address> addresses, List<Rule> rules) {
    return new Inventory(true, addresses, rules, Set.of());
  }

  /** Nothing is there at all. */
  public static Inventory empty() {
    return complete(List.of(), List.of());
  }

  /**
   * An address on an interface. The same address may be there twice, with other prefix lengths.
   *
   * @param ours Holdfast put it there; what is not ours is reported and never removed
   */
  public record Address(IpAddress ip, int prefixLength, boolean ours) {}

  /**
   * A rule.
   *
   * @param rule id and
   * @param target target as in {@link io.holdfast.domain.model.RuleSpec}. A rule that is only half
   *     there (one direction of a FIP) is listed with a target that says so, for instance {@code
   *     half:10.0.0.5}: it is neither absent nor right
   * @param ours Holdfast put it there
   */
  public record Rule(IpAddress ip, String rule, String target, boolean ours) {}
}
