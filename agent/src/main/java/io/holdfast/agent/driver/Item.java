package io.holdfast.agent.driver;

import io.holdfast.domain.net.IpAddress;

/** Names one thing on a gateway that can be looked for. */
public sealed interface Item {
  IpAddress ip();

  /** The address itself, with whatever prefix length. */
  record Address(IpAddress ip) implements Item {}

  /**
   * A rule of an address.
   *
   * @param rule its id, as in {@link io.holdfast.domain.model.RuleSpec#id}
   */
  record Rule(IpAddress ip, String rule) implements Item {}
}
