package io.holdfast.agent.driver;

/** Opens the driver of a gateway. */
@FunctionalInterface
public interface Drivers {
  /** Opens it and changes nothing there. Two networks may have gateways of one name. */
  Driver open(String network, String gateway) throws DriverException;
}
