package io.holdfast.agent.node;

import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.Item;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.DesiredState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the service has been told of a gateway, and so what is still to be told. Soft: losing it
 * means telling all of it again.
 */
final class Work {
  private final Map<IpAddress, Map<Item, Long>> told = new HashMap<>();
  private long epoch = -1;
  private long wholeAt = -1;

  /** Forgets everything: all is told again. */
  void forget() {
    told.clear();
    epoch = -1;
    wholeAt = -1;
  }

  /**
   * Whether the whole gateway is to be told of: it is the first time in this epoch, or it is to
   * hold nothing, which only a complete observation proves.
   */
  boolean isWhole(DesiredState desired) {
    boolean empty = desired.addresses().isEmpty() && desired.rules().isEmpty();
    return desired.epoch() != epoch || (empty && wholeAt < desired.revision());
  }

  /** The revision that the last complete observation was told for; -1: none in this epoch. */
  long wholeAt() {
    return wholeAt;
  }

  /** What the service waits to hear of: items of another revision than told, and removals. */
  Set<Item> due(DesiredState desired, Change change) {
    Set<Item> due = new HashSet<>(change.items());
    desired
        .withdraw()
        .forEach(w ->
            due.add(
                w.rule().isEmpty() ? new Item.Address(w.ip()) : new Item.Rule(w.ip(), w.rule())));
    items(desired)
        .forEach((item, revision) -> {
          if (!revision.equals(told.getOrDefault(item.ip(), Map.of()).get(item))) {
            due.add(item);
          }
        });
    return due;
  }

  private static Map<Item, Long> items(DesiredState desired) {
    Map<Item, Long> items = HashMap.newHashMap(desired.addresses().size() + desired.rules().size());
    desired.addresses().forEach(a -> items.put(new Item.Address(a.ip()), a.revision()));
    desired.rules().forEach(r -> items.put(new Item.Rule(r.ip(), r.spec().id()), r.revision()));
    return items;
  }

  /**
   * The service has it all, for this state.
   *
   * @param touched the addresses it is about; empty: all
   */
  void told(DesiredState desired, Optional<Set<IpAddress>> touched, boolean whole) {
    touched.ifPresentOrElse(told.keySet()::removeAll, told::clear);
    items(desired)
        .forEach((item, revision) ->
            told.computeIfAbsent(item.ip(), ip -> new HashMap<>(4)).put(item, revision));
    epoch = desired.epoch();
    if (whole) {
      wholeAt = desired.revision();
    }
  }
}
