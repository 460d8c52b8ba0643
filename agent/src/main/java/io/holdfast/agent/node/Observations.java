package io.holdfast.agent.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.driver.Item;
import io.holdfast.agent.service.ServiceClient;
import io.holdfast.domain.view.DesiredState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes observations out of what was seen. */
final class Observations {
  /** Items in one record: with room to spare in the million bytes that a record may have. */
  static final int MOST = 8_000;

  private Observations() {}

  /**
   * The observation of what was seen, or, if that is too much for one record, several partial ones.
   *
   * @param expected items to be told of even if they are not there; those of a partial inventory
   *     are in it
   */
  static List<ObjectNode> of(
      DesiredState desired, Inventory seen, Set<Item> expected, Numbers numbers) {
    int size = seen.addresses().size() + seen.rules().size() + seen.absent().size();
    List<Inventory> parts = size <= MOST ? List.of(seen) : split(seen, expected);
    return parts.stream().map(part -> json(desired, part, numbers.next())).toList();
  }

  /** Numbers of observations: they grow, also over restarts of the agent within one boot. */
  @FunctionalInterface
  interface Numbers {
    long next();
  }

  private static List<Inventory> split(Inventory seen, Set<Item> expected) {
    List<Inventory> parts = new ArrayList<>();
    for (int i = 0; i < seen.addresses().size(); i += MOST) {
      int end = Math.min(i + MOST, seen.addresses().size());
      parts.add(new Inventory(false, seen.addresses().subList(i, end), List.of(), Set.of()));
    }
    for (int i = 0; i < seen.rules().size(); i += MOST) {
      int end = Math.min(i + MOST, seen.rules().size());
      parts.add(new Inventory(false, List.of(), seen.rules().subList(i, end), Set.of()));
    }
    Set<Item> absent = new HashSet<>(seen.absent());
    absent.addAll(expected);
    seen.addresses().forEach(a -> absent.remove(new Item.Address(a.ip())));
    seen.rules().forEach(r -> absent.remove(new Item.Rule(r.ip(), r.rule())));
    List<Item> gone = List.copyOf(absent);
    for (int i = 0; i < gone.size(); i += MOST) {
      int end = Math.min(i + MOST, gone.size());
      parts.add(new Inventory(false, List.of(), List.of(), Set.copyOf(gone.subList(i, end))));
    }
    return parts;
  }

  private static ObjectNode json(DesiredState desired, Inventory seen, long number) {
    ObjectNode o =
        ServiceClient.object()
            .put("gateway", desired.gateway())
            .put("node", desired.node())
            .put("epoch", desired.epoch())
            .put("number", number)
            .put("appliedRevision", desired.revision())
            .put("complete", seen.complete());
    ArrayNode addresses = o.putArray("addresses");
    seen.addresses()
        .forEach(a ->
            addresses
                .addObject()
                .put("ip", a.ip().toString())
                .put("prefixLength", a.prefixLength()));
    ArrayNode rules = o.putArray("rules");
    for (Inventory.Rule r : seen.rules()) {
      // A rule that is not Holdfast's is not in the way of anything that Holdfast does.
      if (r.ours()) {
        rules
            .addObject()
            .put("ip", r.ip().toString())
            .put("rule", r.rule())
            .put("target", r.target());
      }
    }
    ArrayNode absentAddresses = o.putArray("absentAddresses");
    ArrayNode absentRules = o.putArray("absentRules");
    for (Item item : seen.absent()) {
      switch (item) {
        case Item.Address a -> absentAddresses.add(a.ip().toString());
        case Item.Rule r ->
            absentRules.addObject().put("ip", r.ip().toString()).put("rule", r.rule());
      }
    }
    return o;
  }
}
