package io.holdfast.simulator.setup;

import io.holdfast.domain.model.Failover;
import java.util.List;

/**
 * A gateway of the simulated network, as it is first defined.
 *
 * @param candidates names of nodes
 * @param fenceAfterMs milliseconds
 * @param holdDownMs milliseconds
 */
public record GatewayPlan(
    String name,
    List<String> candidates,
    Failover failover,
    long fenceAfterMs,
    int probeThreshold,
    long holdDownMs) {

  public GatewayPlan {
    candidates = List.copyOf(candidates);
  }
}
