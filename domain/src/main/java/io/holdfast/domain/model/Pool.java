package io.holdfast.domain.model;

import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.IpAddress;

/**
 * A pool as it is defined now.
 *
 * @param allocatable what may be handed out, derived from the spec
 * @param fresh the part of {@code allocatable} in which never-used addresses are sought, from the
 *     cursor of {@link PoolUse} upwards. A resize sets it, so that an added range is found wherever
 *     it lies
 * @param revision sequence number of the event that last changed the definition
 */
public record Pool(PoolSpec spec, AddressSet allocatable, AddressSet fresh, long revision)
    implements Fingerprint.Entry {

  public boolean covers(IpAddress ip) {
    return allocatable.contains(ip);
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(spec);
    fresh.ranges().forEach(r -> f.add(r.first()).add(r.last()));
    f.add(revision);
  }
}
