package io.holdfast.agent.node;

import java.util.UUID;

/**
 * What an instance is called: the boot it lives in, the node's uptime when it began, and something
 * that nobody else has. It is kept where the addresses are, so that an agent that comes later still
 * knows when the instance began.
 */
final class InstanceName {
  private InstanceName() {}

  /**
   * A new one.
   *
   * @param uptime milliseconds since boot
   */
  static String of(String bootId, long uptime) {
    return bootId + "." + uptime + "." + UUID.randomUUID().toString().substring(0, 8);
  }

  static boolean isOf(String bootId, String name) {
    return name.startsWith(bootId + ".");
  }

  /** When it began, milliseconds since boot; 0: the name does not say. */
  static long uptime(String name) {
    String[] parts = name.split("\\.", -1);
    try {
      return parts.length < 3 ? 0 : Long.parseLong(parts[parts.length - 2]);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
