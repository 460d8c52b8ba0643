package io.holdfast.agent.driver;

import java.io.Serial;

/** Something a driver was asked for could not be done, at least not all of it. */
public class DriverException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String action;
  private final String said;

  /**
   * @param action what was tried, for people: {@code add 10.1.69.205/24 to ext0}
   * @param said what the program or the kernel said, as it was
   */
  public DriverException(String action, String said) {
    super(action + ": " + said);
    this.action = action;
    this.said = said;
  }

  public DriverException(String action, String said, Throwable cause) {
    super(action + ": " + said, cause);
    this.action = action;
    this.said = said;
  }

  public String action() {
    return action;
  }

  public String said() {
    return said;
  }
}
