package io.holdfast.agent;

import io.holdfast.agent.driver.Driver;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Drivers;
import io.holdfast.agent.linux.LinuxDriver;
import io.holdfast.agent.linux.LinuxGateway;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Gateways that are network namespaces of this machine.
 *
 * @param namespace file of a gateway's namespace; {network} and {gateway} in it stand for the names
 * @param external interface that carries the addresses, with the same places
 * @param internal interface towards the hosts inside, with the same places
 * @param conflictWait how long an answer to "has anybody this address?" is waited for
 */
public record NamespaceDrivers(
    String namespace, String external, String internal, Duration conflictWait) implements Drivers {
  @Override
  public Driver open(String network, String gateway) throws DriverException {
    LinuxGateway place;
    try {
      place =
          new LinuxGateway(
              Path.of(fill(namespace, network, gateway)),
              fill(external, network, gateway),
              fill(internal, network, gateway),
              LinuxGateway.table(network, gateway),
              conflictWait);
    } catch (IllegalArgumentException e) {
      throw new DriverException("open gateway " + gateway, String.valueOf(e.getMessage()), e);
    }
    return LinuxDriver.open(place);
  }

  private static String fill(String pattern, String network, String gateway) {
    return pattern.replace("{network}", network).replace("{gateway}", gateway);
  }
}
