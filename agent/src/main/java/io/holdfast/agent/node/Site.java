package io.holdfast.agent.node;

import io.holdfast.agent.driver.Drivers;
import io.holdfast.agent.service.ServiceClient;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Where an agent works.
 *
 * @param node the node's name
 * @param bootId the kernel's, new after every boot
 * @param uptime milliseconds since boot, suspend included
 * @param lookEvery how often all of a gateway is looked at, although nothing was to be done
 */
public record Site(
    String node,
    String bootId,
    LongSupplier uptime,
    ServiceClient service,
    Drivers drivers,
    Duration lookEvery) {

  long now() {
    return uptime.getAsLong();
  }
}
