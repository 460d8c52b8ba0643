package io.holdfast.allocator.topology;

/**
 * The stores and the event log do not belong together, or the log itself is broken. The partition
 * must not be worked on before a person has looked.
 */
public final class LogDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogDivergedException(String message) {
    super(message);
  }
}
