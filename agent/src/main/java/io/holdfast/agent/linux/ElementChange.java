package io.holdfast.agent.linux;

import io.holdfast.agent.linux.kernel.AddressBytes;
import io.holdfast.agent.linux.kernel.KernelException;
import io.holdfast.agent.linux.kernel.Message;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Elements of maps and of the gate, changed in one transaction without a process: {@code nft} takes
 * 15 ms for one element, and a second for 20,000. What changes chains goes through {@link
 * NftChange}.
 */
final class ElementChange {
  private final String table;
  private final List<Message> messages = new ArrayList<>();

  ElementChange(String table) {
    this.table = table;
  }

  void delete(Collection<NatElement> elements) {
    maps(elements)
        .forEach((map, some) ->
            messages.addAll(
                map(map)
                    .delete(
                        some.stream()
                            .map(e -> new NftSet.Entry(Elements.encode(e.key()), new byte[0], ""))
                            .toList())));
  }

  void add(Collection<NatElement> elements) {
    maps(elements)
        .forEach((map, some) ->
            messages.addAll(map(map).add(some.stream().map(Elements::encode).toList())));
  }

  private static Map<NatMap, List<NatElement>> maps(Collection<NatElement> elements) {
    Map<NatMap, List<NatElement>> maps = new LinkedHashMap<>();
    elements.forEach(e -> maps.computeIfAbsent(e.key().map(), m -> new ArrayList<>()).add(e));
    return maps;
  }

  private NftSet map(NatMap map) {
    return new NftSet(NftSet.INET, table, map.name());
  }

  /** These addresses are behind the gate from now on. */
  void gate(Collection<IpAddress> ips) {
    gates(ips, (set, entries) -> set.add(entries));
  }

  /** These are no longer; no matter whether they were. */
  void release(Collection<IpAddress> ips) {
    gates(ips, (set, entries) -> set.add(entries)); // deleting what is not there would fail
    gates(ips, (set, entries) -> set.delete(entries));
  }

  private interface Verb {
    List<Message> of(NftSet set, List<NftSet.Entry> entries);
  }

  private void gates(Collection<IpAddress> ips, Verb verb) {
    Function<IpAddress, NftSet.Entry> entry =
        ip -> new NftSet.Entry(AddressBytes.of(ip), new byte[0], "");
    for (IpFamily family : IpFamily.values()) {
      List<NftSet.Entry> entries =
          ips.stream().filter(ip -> ip.family() == family).map(entry).toList();
      if (!entries.isEmpty()) {
        messages.addAll(verb.of(NftSet.gate(table, family), entries));
      }
    }
  }

  /** Does it, all or none; nothing if there is nothing to be done. */
  void run(NetlinkSocket netfilter) throws IOException {
    if (messages.isEmpty()) {
      return;
    }
    NetlinkSocket.Answer answer = netfilter.transaction(NftSet.framed(messages));
    if (answer.errno() != 0) {
      throw new KernelException("change rules", answer.errno(), answer.said());
    }
  }
}
