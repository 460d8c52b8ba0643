package io.holdfast.agent.linux;

import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.driver.Item;
import io.holdfast.agent.linux.kernel.Link;
import io.holdfast.agent.linux.kernel.Netns;
import io.holdfast.domain.net.IpAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes changes, in an order that leaves no hole when it is cut short: an address is behind the
 * gate before it is on the interface and until its connections have ended; they end after it has
 * left the interface and after their rules.
 */
final class Applier {
  private final LinuxGateway gateway;
  private final Netns namespace;
  private final Nft nft;
  private final Addresses addresses;
  private final Elements elements;
  private final Looker looker;
  private final Severing severing;
  private final Announcer announcer;

  Applier(
      LinuxGateway gateway,
      Netns namespace,
      Nft nft,
      Addresses addresses,
      Elements elements,
      Looker looker,
      Severing severing,
      Announcer announcer) {
    this.gateway = gateway;
    this.namespace = namespace;
    this.nft = nft;
    this.addresses = addresses;
    this.elements = elements;
    this.looker = looker;
    this.severing = severing;
    this.announcer = announcer;
  }

  /**
   * All that is there. What is not listed has no connections any more either: those that a change
   * left behind, here or in an agent before this one, are ended first.
   */
  Inventory look(Link link) throws IOException {
    List<NatElement> rules = looker.everyElement();
    List<Inventory.Address> there = addresses.all(link.index());
    severing.sweep(there, rules);
    return Inventory.complete(there, RuleReader.rules(rules));
  }

  /** The same of these only. */
  Inventory look(Link link, Set<Item> items) throws IOException {
    settle(link);
    return looker.some(link.index(), items);
  }

  private void settle(Link link) throws IOException {
    if (severing.isDue()) {
      look(link);
    }
  }

  /** Returns what was refused, in words; all else was done. */
  List<String> apply(Link link, Change change) throws IOException, DriverException {
    settle(link);
    List<String> refused = new ArrayList<>();
    Map<IpAddress, List<Inventory.Address>> there =
        looker.addresses(link.index(), ips(change)).stream()
            .collect(Collectors.groupingBy(Inventory.Address::ip));
    List<Addresses.Entry> removals = removals(change, there, refused);
    List<Addresses.Entry> additions = additions(link, change, there, refused);
    Set<IpAddress> adding = ips(additions);
    Set<IpAddress> denied =
        change.addAddresses().stream()
            .map(Change.AddressAddition::ip)
            .filter(ip -> !adding.contains(ip))
            .collect(Collectors.toSet());

    RulePlan plan = plan(change, denied);
    refused.addAll(plan.refused());
    List<NatElement> deletions = plan.deletions();
    Set<NatMap> prefixes = prefixes(plan.additions());
    severing.begin();
    Set<IpAddress> leaving = leave(link, removals, there, adding, refused);
    if (prefixes.isEmpty()) {
      ElementChange transaction = new ElementChange(gateway.table());
      transaction.delete(deletions);
      transaction.gate(adding);
      transaction.add(plan.additions());
      elements.run(transaction);
    } else {
      NftChange transaction = new NftChange(gateway.table());
      transaction.delete(deletions);
      transaction.gate(adding);
      transaction.prefixes(prefixes);
      transaction.add(plan.additions());
      nft.runJson("change rules", transaction.bytes());
    }
    severing.end(leaving, deletions);
    for (Addresses.Refused not : addresses.add(link.index(), additions)) {
      refused.add(not.words());
      adding.remove(not.entry().ip());
    }
    announcer.announce(link, adding);
    return refused;
  }

  private static Set<IpAddress> ips(Change change) {
    Set<IpAddress> ips = new HashSet<>();
    change.removeAddresses().forEach(a -> ips.add(a.ip()));
    change.addAddresses().forEach(a -> ips.add(a.ip()));
    return ips;
  }

  private static Set<IpAddress> ips(Collection<Addresses.Entry> entries) {
    return entries.stream().map(Addresses.Entry::ip).collect(Collectors.toCollection(HashSet::new));
  }

  private static List<Addresses.Entry> removals(
      Change change, Map<IpAddress, List<Inventory.Address>> there, List<String> refused) {
    List<Addresses.Entry> removals = new ArrayList<>();
    for (Change.AddressRemoval removal : change.removeAddresses()) {
      for (Inventory.Address found : there.getOrDefault(removal.ip(), List.of())) {
        if (found.prefixLength() != removal.prefixLength()) {
          continue;
        }
        if (found.ours()) {
          removals.add(new Addresses.Entry(found.ip(), found.prefixLength()));
        } else {
          refused.add(
              "remove "
                  + found.ip()
                  + "/"
                  + found.prefixLength()
                  + ": Holdfast did not put it there");
        }
      }
    }
    return removals;
  }

  /** Those to be put on the interface: not the ones that somebody else answers for. */
  private List<Addresses.Entry> additions(
      Link link, Change change, Map<IpAddress, List<Inventory.Address>> there, List<String> refused)
      throws IOException {
    Set<IpAddress> fresh =
        change.addAddresses().stream()
            .map(Change.AddressAddition::ip)
            .filter(ip -> !there.containsKey(ip))
            .collect(Collectors.toSet());
    Map<IpAddress, String> conflicts = Map.of();
    if (!fresh.isEmpty() && !gateway.conflictWait().isZero()) {
      conflicts =
          new Neighbours(namespace, gateway.external(), link)
              .conflicts(fresh, gateway.conflictWait());
    }
    List<Addresses.Entry> additions = new ArrayList<>();
    for (Change.AddressAddition addition : change.addAddresses()) {
      String mac = conflicts.get(addition.ip());
      if (mac == null) {
        additions.add(new Addresses.Entry(addition.ip(), addition.prefixLength()));
      } else {
        refused.add(
            "add "
                + addition.ip()
                + "/"
                + addition.prefixLength()
                + ": "
                + mac
                + " answers for it");
      }
    }
    return additions;
  }

  private RulePlan plan(Change change, Set<IpAddress> denied) throws IOException {
    RulePlan plan = new RulePlan(lookup(change.removeRules().size() + change.addRules().size()));
    for (Change.RuleRemoval removal : change.removeRules()) {
      plan.remove(removal);
    }
    for (Change.RuleAddition addition : change.addRules()) {
      if (!denied.contains(addition.ip())) { // traffic must not leave from a denied address either
        plan.add(addition);
      }
    }
    return plan;
  }

  private RulePlan.Lookup lookup(int rules) throws IOException {
    if (rules < Looker.MANY) {
      return elements::get;
    }
    Map<NatKey, NatElement> all = new HashMap<>();
    looker.everyElement().forEach(e -> all.put(e.key(), e));
    return all::get;
  }

  /**
   * A prefix length that is new to this gateway needs a map and a place in the order: all such maps
   * then. None if there is nothing new.
   */
  private Set<NatMap> prefixes(List<NatElement> additions) throws IOException {
    Set<NatMap> needed = new HashSet<>();
    for (NatElement element : additions) {
      if (element.key().map().kind() == NatMap.Kind.SNAT) {
        needed.add(element.key().map());
      }
    }
    if (needed.isEmpty()) {
      return needed;
    }
    Set<NatMap> maps =
        elements.maps().stream()
            .filter(map -> map.kind() == NatMap.Kind.SNAT)
            .collect(Collectors.toSet());
    return maps.containsAll(needed)
        ? Set.of()
        : Stream.concat(maps.stream(), needed.stream()).collect(Collectors.toSet());
  }

  /** Returns the addresses that are on the interface no more, with no prefix length. */
  private Set<IpAddress> leave(
      Link link,
      List<Addresses.Entry> removals,
      Map<IpAddress, List<Inventory.Address>> there,
      Set<IpAddress> adding,
      List<String> refused)
      throws IOException {
    if (removals.isEmpty()) {
      return Set.of();
    }
    List<Addresses.Refused> kept =
        announcer.withdraw(ips(removals), () -> addresses.remove(link.index(), removals));
    kept.forEach(k -> refused.add(k.words()));
    Set<Addresses.Entry> removed = new HashSet<>(removals);
    kept.forEach(k -> removed.remove(k.entry()));
    Set<IpAddress> gone = gone(removed, there);
    gone.removeAll(adding);
    return gone;
  }

  /**
   * Those of the removed ones that were there with no other prefix length.
   *
   * @param there what was on the interface before
   */
  static Set<IpAddress> gone(
      Set<Addresses.Entry> removed, Map<IpAddress, List<Inventory.Address>> there) {
    Set<IpAddress> gone = ips(removed);
    gone.removeIf(ip ->
        there.getOrDefault(ip, List.of()).stream()
            .anyMatch(a -> !removed.contains(new Addresses.Entry(ip, a.prefixLength()))));
    return gone;
  }
}
