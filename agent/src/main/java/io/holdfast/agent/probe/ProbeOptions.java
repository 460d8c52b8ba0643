package io.holdfast.agent.probe;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is probed.
 *
 * @param gateways targets by gateway, seen from where its interfaces are; a gateway is well if all
 *     of its targets answer
 * @param targets whether the internal targets of FIP (ping) and DNAT over TCP (connect) are probed
 * @param every how often
 * @param limit for one answer
 * @param parallel probes under way at most
 */
public record ProbeOptions(
    Map<String, List<Target>> gateways,
    boolean targets,
    Duration every,
    Duration limit,
    int parallel) {
  public ProbeOptions {
    gateways = Map.copyOf(gateways);
  }
}
