package io.holdfast.agent.linux;

import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which connections go by some elements: in to an EIP's target, or out from behind an EIP. */
final class Ways {
  private record Port(IpAddress eip, int protocol, int port, NatValue target) {}

  private record Pair(IpAddress eip, IpAddress internal) {}

  private final Set<Pair> pairs = new HashSet<>();
  private final Set<Port> ports = new HashSet<>();
  private final Map<IpAddress, Set<Cidr>> sources = new HashMap<>();

  Ways(Collection<NatElement> elements) {
    for (NatElement element : elements) {
      NatKey key = element.key();
      NatValue value = element.value();
      switch (key.map().kind()) {
        case FIP_IN -> pairs.add(new Pair(key.ip(), value.ip()));
        case FIP_OUT -> pairs.add(new Pair(value.ip(), key.ip()));
        case DNAT ->
            ports.add(new Port(key.ip(), Elements.number(key.protocol()), key.port(), value));
        case SNAT ->
            sources
                .computeIfAbsent(value.ip(), _ -> new HashSet<>())
                .add(Cidr.around(key.ip(), key.map().length()));
      }
    }
  }

  /** Its destination was translated by one of them. */
  boolean in(Conntrack.Connection c) {
    NatValue target = new NatValue(c.replyFrom(), c.replyPort());
    return pairs.contains(new Pair(c.to(), c.replyFrom()))
        || ports.contains(new Port(c.to(), c.protocol(), c.port(), target));
  }

  /** Its source was translated by one of them. */
  boolean out(Conntrack.Connection c) {
    return pairs.contains(new Pair(c.replyTo(), c.from()))
        || sources.getOrDefault(c.replyTo(), Set.of()).stream()
            .anyMatch(prefix -> prefix.contains(c.from()));
  }
}
