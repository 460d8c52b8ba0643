package io.holdfast.domain.model;

import java.util.List;

/**
 * What an operator asked a gateway to be.
 *
 * @param candidates nodes it may run on, in order of preference
 * @param fenceAfterMs after this long without contact an agent removes everything by itself,
 *     milliseconds; the allocator waits longer (see {@code Settings.fenceWaitMs})
 * @param probeThreshold probe failures in a row before the gateway is moved
 * @param holdDownMs after a move the gateway is not moved by probes for this long, milliseconds
 */
public record GatewaySpec(
    List<String> candidates,
    Failover failover,
    long fenceAfterMs,
    int probeThreshold,
    long holdDownMs)
    implements Fingerprint.Entry {
  public GatewaySpec {
    candidates = List.copyOf(candidates);
  }

  @Override
  public void addTo(Fingerprint f) {
    candidates.forEach(f::add);
    f.add(candidates.size()).add(failover).add(fenceAfterMs).add(probeThreshold).add(holdDownMs);
  }
}
