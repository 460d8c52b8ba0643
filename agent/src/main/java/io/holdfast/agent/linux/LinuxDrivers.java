package io.holdfast.agent.linux;

import io.holdfast.agent.driver.Driver;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Drivers;

/** Gateways in network namespaces of this machine. */
public final class LinuxDrivers implements Drivers {
  private final LinuxOptions options;

  public LinuxDrivers(LinuxOptions options) {
    this.options = options;
  }

  @Override
  public Driver open(String network, String gateway) throws DriverException {
    LinuxGateway place = options.gateway(network, gateway);
    LinuxOptions.Creation creation = options.creation();
    if (creation != null) {
      new NamespaceMaker(place, creation).make();
    }
    return LinuxDriver.open(place);
  }
}
