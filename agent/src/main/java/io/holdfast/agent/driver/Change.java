package io.holdfast.agent.driver;

import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Exact removals and additions. Removals come first, in this order: rules, addresses; then
 * additions: addresses, rules. A rule with the same id under removals and additions is replaced: if
 * the kernel allows, nothing may ever see it missing.
 *
 * @param epoch of the gateway that this is done for
 */
public record Change(
    long epoch,
    List<RuleRemoval> removeRules,
    List<AddressRemoval> removeAddresses,
    List<AddressAddition> addAddresses,
    List<RuleAddition> addRules) {

  public Change {
    removeRules = List.copyOf(removeRules);
    removeAddresses = List.copyOf(removeAddresses);
    addAddresses = List.copyOf(addAddresses);
    addRules = List.copyOf(addRules);
  }

  /**
   * Takes exactly this address with exactly this prefix length down. That it is not there is no
   * error.
   *
   * @param tenure whose remains they are; 0 if nobody knows
   */
  public record AddressRemoval(IpAddress ip, int prefixLength, long tenure) {}

  /**
   * Takes exactly this rule down, as it was seen. That it is not there is no error.
   *
   * @param target as in the inventory it was seen in
   * @param tenure whose remains they are; 0 if nobody knows
   */
  public record RuleRemoval(IpAddress ip, String rule, String target, long tenure) {}

  /** Puts an address there. If it is there with this prefix length, it becomes Holdfast's. */
  public record AddressAddition(IpAddress ip, int prefixLength, long tenure) {}

  /** Puts a rule there. */
  public record RuleAddition(IpAddress ip, long tenure, RuleSpec spec) {}

  public boolean isEmpty() {
    return size() == 0;
  }

  public int size() {
    return removeRules.size() + removeAddresses.size() + addAddresses.size() + addRules.size();
  }

  /** Everything this touches: what to look at to see whether it was done. */
  public Set<Item> items() {
    Set<Item> items = new LinkedHashSet<>();
    removeRules.forEach(r -> items.add(new Item.Rule(r.ip(), r.rule())));
    removeAddresses.forEach(a -> items.add(new Item.Address(a.ip())));
    addAddresses.forEach(a -> items.add(new Item.Address(a.ip())));
    addRules.forEach(r -> items.add(new Item.Rule(r.ip(), r.spec().id())));
    return items;
  }
}
