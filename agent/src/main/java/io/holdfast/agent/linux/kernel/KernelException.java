package io.holdfast.agent.linux.kernel;

import java.io.IOException;
import java.io.Serial;

/** The kernel refused a call or a message. */
public final class KernelException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final int errno;

  /**
   * @param what was tried, for people
   * @param errno positive, as in errno(3)
   * @param said the kernel's own words; empty if it gave none
   */
  public KernelException(String what, int errno, String said) {
    super(what + ": " + Libc.strerror(errno) + (said.isEmpty() ? "" : " (" + said + ")"));
    this.errno = errno;
  }

  /** As in errno(3), positive. */
  public int errno() {
    return errno;
  }
}
