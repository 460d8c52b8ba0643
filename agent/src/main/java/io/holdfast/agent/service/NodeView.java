package io.holdfast.agent.service;

import java.util.List;

/**
 * What the service says of a node.
 *
 * @param bootId the boot it knows; empty if it never heard of the node
 * @param contactAgeMs how long ago, on the service's clock, it counted the node's last heartbeat,
 *     milliseconds; -1: never
 */
public record NodeView(String bootId, long contactAgeMs, List<Assignment> assignments) {
  public NodeView {
    assignments = List.copyOf(assignments);
  }

  /**
   * A gateway that concerns the node.
   *
   * @param current it runs on the node
   * @param instance what the current instance on this node is called; empty if it is not known, or
   *     not here
   * @param epoch of the gateway
   * @param active whether the current instance is given anything
   * @param fenceAfterMs without contact for this long all has to be down, milliseconds
   */
  public record Assignment(
      String gateway,
      boolean current,
      String instance,
      long epoch,
      boolean active,
      long fenceAfterMs) {}
}
