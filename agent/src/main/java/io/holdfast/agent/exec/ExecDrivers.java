package io.holdfast.agent.exec;

import io.holdfast.agent.driver.Driver;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Drivers;
import java.util.function.LongSupplier;

/** Gateways that a user's program carries. */
public final class ExecDrivers implements Drivers {
  private final ExecOptions options;
  private final LongSupplier uptime;

  /**
   * @param uptime milliseconds since boot
   */
  public ExecDrivers(ExecOptions options, LongSupplier uptime) {
    this.options = options;
    this.uptime = uptime;
  }

  @Override
  public Driver open(String network, String gateway) throws DriverException {
    return new ExecDriver(options, network, gateway, uptime);
  }
}
