package io.holdfast.agent.driver;

import java.io.Serial;

/**
 * The lease that should have been renewed has run out: others may have the addresses by now. All
 * that is left to do is {@link Driver#begin}.
 */
public final class LeaseLapsedException extends DriverException {
  @Serial private static final long serialVersionUID = 1;

  public LeaseLapsedException(String action, String said) {
    super(action, said);
  }
}
