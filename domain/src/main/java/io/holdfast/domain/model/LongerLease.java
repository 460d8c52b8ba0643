package io.holdfast.domain.model;

/**
 * A lease that was made shorter: nodes that were told of it may live by it for a while, also nodes
 * whose instance has confirmed that it holds nothing, because their kernels' leases run on.
 *
 * @param leaseMs milliseconds
 * @param until epoch milliseconds from which on nobody lives by it any more
 */
public record LongerLease(long leaseMs, long until) {

  /** What is told with the next answer replaces it; without one it runs out. */
  static LongerLease from(long leaseMs, long now) {
    return new LongerLease(leaseMs, now + 2 * leaseMs + 2_000);
  }
}
