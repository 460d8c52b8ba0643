package io.holdfast.agent.linux;

import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which connections must end: those that go by removed rules or to removed addresses. */
final class Severed implements Predicate<Conntrack.Connection> {
  private record Port(IpAddress eip, int protocol, int port) {}

  private record Pair(IpAddress eip, IpAddress internal) {}

  private final Set<IpAddress> addresses;
  private final Set<Pair> pairs = new HashSet<>();
  private final Set<Port> ports = new HashSet<>();
  private final Map<IpAddress, Set<Cidr>> sources = new HashMap<>();

  Severed(Collection<IpAddress> addresses, List<NatElement> removed) {
    this.addresses = Set.copyOf(addresses);
    for (NatElement element : removed) {
      NatKey key = element.key();
      IpAddress value = element.value().ip();
      switch (key.map().kind()) {
        case FIP_IN -> pairs.add(new Pair(key.ip(), value));
        case FIP_OUT -> pairs.add(new Pair(value, key.ip()));
        case DNAT -> ports.add(new Port(key.ip(), Elements.number(key.protocol()), key.port()));
        case SNAT ->
            sources
                .computeIfAbsent(value, _ -> new HashSet<>())
                .add(Cidr.around(key.ip(), key.map().length()));
      }
    }
  }

  boolean isEmpty() {
    return addresses.isEmpty() && pairs.isEmpty() && ports.isEmpty() && sources.isEmpty();
  }

  @Override
  public boolean test(Conntrack.Connection c) {
    return addresses.contains(c.to())
        || addresses.contains(c.replyTo())
        || pairs.contains(new Pair(c.to(), c.replyFrom()))
        || pairs.contains(new Pair(c.replyTo(), c.from()))
        || ports.contains(new Port(c.to(), c.protocol(), c.port()))
        || sources.getOrDefault(c.replyTo(), Set.of()).stream()
            .anyMatch(prefix -> prefix.contains(c.from()));
  }
}
