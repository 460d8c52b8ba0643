package io.holdfast.agent.service;

import java.io.IOException;
import java.io.Serial;

/** The service could not be asked, or did not answer as it should. Asking again may help. */
public final class ServiceException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final int status;

  /**
   * @param status HTTP status; 0 if there was no answer
   */
  public ServiceException(int status, String message) {
    super(message);
    this.status = status;
  }

  public ServiceException(String message, Throwable cause) {
    super(message, cause);
    this.status = 0;
  }

  /** HTTP status; 0 if there was no answer. */
  public int status() {
    return status;
  }
}
