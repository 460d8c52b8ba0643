package io.holdfast.agent.plan;

import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.Change.AddressAddition;
import io.holdfast.agent.driver.Change.AddressRemoval;
import io.holdfast.agent.driver.Change.RuleAddition;
import io.holdfast.agent.driver.Change.RuleRemoval;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.DesiredState;
import io.holdfast.domain.view.DesiredState.DesiredAddress;
import io.holdfast.domain.view.DesiredState.DesiredRule;
import io.holdfast.domain.view.Withdrawal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The exact difference between what is wanted and what is there.
 *
 * <p>What is not wanted is removed only if Holdfast put it there. What is wanted and there, but not
 * Holdfast's, is added all the same: it has to become Holdfast's, or no fence would ever take it
 * down.
 */
public final class Plan {
  private final Map<RuleKey, Long> tenures = new HashMap<>();
  private final Map<IpAddress, DesiredAddress> addresses = new HashMap<>();
  private final Map<RuleKey, DesiredRule> rules = new HashMap<>();
  private final DesiredState desired;
  private final Inventory inventory;

  private Plan(DesiredState desired, Inventory inventory) {
    this.desired = desired;
    this.inventory = inventory;
    for (Withdrawal w : desired.withdraw()) {
      tenures.put(key(w), w.tenure());
    }
    desired.addresses().forEach(a -> addresses.put(a.ip(), a));
    desired.rules().forEach(r -> rules.put(new RuleKey(r.ip(), r.spec().id()), r));
  }

  /** An address is named by its prefix length, too: two of one address may be there. */
  private static RuleKey key(Withdrawal w) {
    return w.rule().isEmpty() ? key(w.ip(), w.prefixLength()) : new RuleKey(w.ip(), w.rule());
  }

  private static RuleKey key(IpAddress ip, int prefixLength) {
    return new RuleKey(ip, "/" + prefixLength);
  }

  /**
   * What makes the gateway match.
   *
   * @param inventory all that is there; it must be complete
   */
  public static Change of(DesiredState desired, Inventory inventory) {
    if (!inventory.complete()) {
      throw new IllegalArgumentException("a plan needs a complete inventory");
    }
    Plan plan = new Plan(desired, inventory);
    return new Change(
        desired.epoch(),
        plan.removeRules(),
        plan.removeAddresses(),
        plan.addAddresses(),
        plan.addRules());
  }

  private List<RuleRemoval> removeRules() {
    List<RuleRemoval> remove = new ArrayList<>();
    for (Inventory.Rule seen : inventory.rules()) {
      RuleKey key = new RuleKey(seen.ip(), seen.rule());
      if (seen.ours() && !isWanted(key, seen)) {
        DesiredRule replacement = rules.get(key);
        long tenure = replacement != null ? replacement.tenure() : tenures.getOrDefault(key, 0L);
        remove.add(new RuleRemoval(seen.ip(), seen.rule(), seen.target(), tenure));
      }
    }
    remove.sort(Comparator.comparing(RuleRemoval::ip).thenComparing(RuleRemoval::rule));
    return remove;
  }

  private boolean isWanted(RuleKey key, Inventory.Rule seen) {
    DesiredRule wanted = rules.get(key);
    return wanted != null && wanted.spec().target().equals(seen.target());
  }

  private List<AddressRemoval> removeAddresses() {
    List<AddressRemoval> remove = new ArrayList<>();
    for (Inventory.Address seen : inventory.addresses()) {
      DesiredAddress wanted = addresses.get(seen.ip());
      if (seen.ours() && (wanted == null || wanted.prefixLength() != seen.prefixLength())) {
        long tenure = tenures.getOrDefault(key(seen.ip(), seen.prefixLength()), 0L);
        remove.add(new AddressRemoval(seen.ip(), seen.prefixLength(), tenure));
      }
    }
    remove.sort(
        Comparator.comparing(AddressRemoval::ip).thenComparingInt(AddressRemoval::prefixLength));
    return remove;
  }

  private List<AddressAddition> addAddresses() {
    Set<RuleKey> there = new HashSet<>();
    for (Inventory.Address seen : inventory.addresses()) {
      if (seen.ours()) {
        there.add(key(seen.ip(), seen.prefixLength()));
      }
    }
    List<AddressAddition> add = new ArrayList<>();
    for (DesiredAddress wanted : desired.addresses()) {
      if (!there.contains(key(wanted.ip(), wanted.prefixLength()))) {
        add.add(new AddressAddition(wanted.ip(), wanted.prefixLength(), wanted.tenure()));
      }
    }
    add.sort(Comparator.comparing(AddressAddition::ip));
    return add;
  }

  private List<RuleAddition> addRules() {
    Set<RuleKey> there = new HashSet<>();
    for (Inventory.Rule seen : inventory.rules()) {
      RuleKey key = new RuleKey(seen.ip(), seen.rule());
      if (seen.ours() && isWanted(key, seen)) {
        there.add(key);
      }
    }
    List<RuleAddition> add = new ArrayList<>();
    for (DesiredRule wanted : desired.rules()) {
      if (!there.contains(new RuleKey(wanted.ip(), wanted.spec().id()))) {
        add.add(new RuleAddition(wanted.ip(), wanted.tenure(), wanted.spec()));
      }
    }
    add.sort(Comparator.comparing(RuleAddition::ip).thenComparing(r -> r.spec().id()));
    return add;
  }
}
