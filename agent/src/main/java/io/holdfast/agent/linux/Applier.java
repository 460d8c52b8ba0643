package io.holdfast.agent.linux;

import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Inventory;
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
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes changes, in an order that leaves no hole when it is cut short: an address is behind the
 * gate before it is on the interface and until it has left it; connections end after their rules.
 */
final class Applier {
  private final LinuxGateway gateway;
  private final Netns namespace;
  private final Nft nft;
  private final Addresses addresses;
  private final Elements elements;
  private final Looker looker;
  private final Conntrack conntrack;
  private final Announcer announcer;

  Applier(
      LinuxGateway gateway,
      Netns namespace,
      Nft nft,
      Addresses addresses,
      Elements elements,
      Looker looker,
      Conntrack conntrack,
      Announcer announcer) {
    this.gateway = gateway;
    this.namespace = namespace;
    this.nft = nft;
    this.addresses = addresses;
    this.elements = elements;
    this.looker = looker;
    this.conntrack = conntrack;
    this.announcer = announcer;
  }

  /** Returns what was refused, in words; all else was done. */
  List<String> apply(Link link, Change change) throws IOException, DriverException {
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
    Set<IpAddress> leaving = leave(link, removals, there, adding, refused);
    List<NatElement> deletions = plan.deletions();
    Set<NatMap> prefixes = prefixes(plan.additions());
    if (prefixes.isEmpty()) {
      ElementChange transaction = new ElementChange(gateway.table());
      transaction.delete(deletions);
      transaction.release(leaving);
      transaction.gate(adding);
      transaction.add(plan.additions());
      elements.run(transaction);
    } else {
      NftChange transaction = new NftChange(gateway.table());
      transaction.delete(deletions);
      transaction.release(leaving);
      transaction.gate(adding);
      transaction.prefixes(prefixes);
      transaction.add(plan.additions());
      nft.runJson("change rules", transaction.bytes());
    }
    Severed severed = new Severed(leaving, deletions);
    if (!severed.isEmpty()) {
      conntrack.end(severed);
    }
    refused.addAll(addresses.add(link.index(), additions));
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
    Set<IpAddress> leaving = ips(removals);
    List<String> left = announcer.withdraw(leaving, () -> addresses.remove(link.index(), removals));
    refused.addAll(left);
    Set<Addresses.Entry> removed = new HashSet<>(removals);
    leaving.removeIf(ip ->
        !left.isEmpty()
            || adding.contains(ip)
            || there.getOrDefault(ip, List.of()).stream()
                .anyMatch(a -> !removed.contains(new Addresses.Entry(ip, a.prefixLength()))));
    return leaving;
  }

  /** Puts Holdfast's addresses behind the gate that somebody has taken from there. */
  Inventory guarded(Inventory inventory) throws IOException {
    Set<IpAddress> open = new TreeSet<>();
    inventory.addresses().stream().filter(Inventory.Address::ours).forEach(a -> open.add(a.ip()));
    open.removeAll(elements.gated());
    if (!open.isEmpty() && elements.hasGate()) {
      ElementChange transaction = new ElementChange(gateway.table());
      transaction.gate(open);
      elements.run(transaction);
    }
    return inventory;
  }
}
