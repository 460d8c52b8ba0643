package io.holdfast.projector.db;

/** The log says something that the tables refuse; the message says what. */
public final class ConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConflictException(String message) {
    super(message);
  }
}
