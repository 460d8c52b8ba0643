package io.holdfast.bench;

/** A benchmark was asked for that there is not; the message names those that there are. */
public final class UnknownWordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownWordException(String message) {
    super(message);
  }
}
