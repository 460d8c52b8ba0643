package io.holdfast.domain.model;

import io.holdfast.domain.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses an owner holds now, in the order it got them. Never empty: an owner that holds
 * nothing has no record.
 */
public record Holding(List<IpAddress> addresses) implements Fingerprint.Entry {
  public Holding {
    addresses = List.copyOf(addresses);
  }

  public Holding plus(IpAddress ip) {
    List<IpAddress> more = new ArrayList<>(addresses);
    more.add(ip);
    return new Holding(more);
  }

  public Holding minus(IpAddress ip) {
    return new Holding(addresses.stream().filter(a -> !a.equals(ip)).toList());
  }

  @Override
  public void addTo(Fingerprint f) {
    addresses.forEach(f::add);
    f.add(addresses.size());
  }
}
