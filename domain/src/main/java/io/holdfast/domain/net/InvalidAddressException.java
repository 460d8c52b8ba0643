package io.holdfast.domain.net;

/**
 * Text that is not an address, prefix or range. The message says what is wrong and what would be
 * right.
 */
public final class InvalidAddressException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String allowed;

  public InvalidAddressException(String problem, String allowed) {
    super(problem + "; allowed: " + allowed);
    this.allowed = allowed;
  }

  /** What would have been accepted, for people. */
  public String allowed() {
    return allowed;
  }
}
