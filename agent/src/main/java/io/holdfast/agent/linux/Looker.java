package io.holdfast.agent.linux;

import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.driver.Item;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at what the kernel carries. */
final class Looker {
  /** From this many items on, reading all of a kind is cheaper than asking for each. */
  static final int MANY = 200;

  private final Addresses addresses;
  private final Elements elements;

  Looker(Addresses addresses, Elements elements) {
    this.addresses = addresses;
    this.elements = elements;
  }

  List<NatElement> everyElement() throws IOException {
    List<NatElement> all = new ArrayList<>();
    for (NatMap map : elements.maps()) {
      all.addAll(elements.all(map));
    }
    return all;
  }

  Inventory some(int link, Set<Item> items) throws IOException {
    Set<IpAddress> ips =
        items.stream()
            .filter(Item.Address.class::isInstance)
            .map(Item::ip)
            .collect(Collectors.toSet());
    List<Inventory.Address> foundAddresses = addresses(link, ips);
    List<Item.Rule> asked =
        items.stream().filter(Item.Rule.class::isInstance).map(Item.Rule.class::cast).toList();
    List<Inventory.Rule> foundRules = asked.isEmpty() ? List.of() : rules(asked);

    Set<Item> absent = new HashSet<>(items);
    foundAddresses.forEach(a -> absent.remove(new Item.Address(a.ip())));
    foundRules.forEach(r -> absent.remove(new Item.Rule(r.ip(), r.rule())));
    return new Inventory(false, foundAddresses, foundRules, absent);
  }

  List<Inventory.Address> addresses(int link, Set<IpAddress> ips) throws IOException {
    List<Inventory.Address> found = new ArrayList<>();
    Map<IpFamily, List<IpAddress>> byFamily =
        ips.stream().collect(Collectors.groupingBy(IpAddress::family));
    for (Map.Entry<IpFamily, List<IpAddress>> family : byFamily.entrySet()) {
      if (family.getKey() == IpFamily.V6 && family.getValue().size() < MANY) {
        for (IpAddress ip : family.getValue()) {
          Stream.ofNullable(addresses.getV6(link, ip)).forEach(found::add);
        }
      } else {
        addresses.all(link, family.getKey()).stream()
            .filter(a -> ips.contains(a.ip()))
            .forEach(found::add);
      }
    }
    return found;
  }

  private List<Inventory.Rule> rules(List<Item.Rule> asked) throws IOException {
    if (asked.size() >= MANY) {
      return matching(asked, everyElement());
    }
    Map<NatKey, NatElement> found = new HashMap<>();
    Set<IpAddress> withoutWayIn = new HashSet<>();
    for (Item.Rule item : asked) {
      NatElement element = elements.get(NatRules.key(item.ip(), item.rule()));
      if (element != null) {
        found.put(element.key(), element);
      }
      if (item.rule().equals("fip")) {
        if (element == null) {
          withoutWayIn.add(item.ip());
        } else {
          NatElement other = elements.get(RuleReader.otherWay(element));
          if (other != null) {
            found.put(other.key(), other);
          }
        }
      }
    }
    // "Absent" must hold for the way out too, and that is filed under an internal address that
    // nobody can name if the way in is gone.
    for (IpFamily family :
        withoutWayIn.stream().map(IpAddress::family).collect(Collectors.toSet())) {
      elements.all(NatMap.fipOut(family)).stream()
          .filter(e -> withoutWayIn.contains(e.value().ip()))
          .forEach(e -> found.put(e.key(), e));
    }
    return matching(asked, found.values());
  }

  private static List<Inventory.Rule> matching(
      List<Item.Rule> asked, java.util.Collection<NatElement> elements) {
    Set<Item.Rule> wanted = new HashSet<>(asked);
    return RuleReader.rules(elements).stream()
        .filter(r -> wanted.contains(new Item.Rule(r.ip(), r.rule())))
        .toList();
  }
}
