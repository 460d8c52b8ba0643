package io.holdfast.agent.plan;

import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.driver.Item;
import io.holdfast.domain.net.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is known of a gateway: one complete look, and what was seen of some items since. */
public final class Known {
  private Known() {}

  /** The complete inventory after a later look. */
  public static Inventory merge(Inventory before, Inventory later) {
    if (later.complete()) {
      return later;
    }
    Set<Item> looked = new HashSet<>(later.absent());
    later.addresses().forEach(a -> looked.add(new Item.Address(a.ip())));
    later.rules().forEach(r -> looked.add(new Item.Rule(r.ip(), r.rule())));
    List<Inventory.Address> addresses = new ArrayList<>(later.addresses());
    for (Inventory.Address a : before.addresses()) {
      if (!looked.contains(new Item.Address(a.ip()))) {
        addresses.add(a);
      }
    }
    List<Inventory.Rule> rules = new ArrayList<>(later.rules());
    for (Inventory.Rule r : before.rules()) {
      if (!looked.contains(new Item.Rule(r.ip(), r.rule()))) {
        rules.add(r);
      }
    }
    return Inventory.complete(addresses, rules);
  }

  /** All that is there of some addresses. */
  public static Inventory part(Inventory all, Set<IpAddress> ips) {
    return Inventory.complete(
        all.addresses().stream().filter(a -> ips.contains(a.ip())).toList(),
        all.rules().stream().filter(r -> ips.contains(r.ip())).toList());
  }

  /** Whether two complete inventories list the same. */
  public static boolean same(Inventory a, Inventory b) {
    if (a.addresses().equals(b.addresses()) && a.rules().equals(b.rules())) {
      return true; // the kernel lists in one order as long as nothing changes
    }
    return a.addresses().size() == b.addresses().size()
        && a.rules().size() == b.rules().size()
        && Set.copyOf(a.addresses()).equals(Set.copyOf(b.addresses()))
        && Set.copyOf(a.rules()).equals(Set.copyOf(b.rules()));
  }
}
