package io.holdfast.domain.event;

/**
 * How it is known that something is gone from a gateway. UNKNOWN: an older reader, a newer symbol.
 */
public enum Evidence {
  UNKNOWN,
  /** An observation, taken after the removal was applied, does not show it. */
  OBSERVED,
  /** Every instance that may have carried it is fenced. */
  FENCED,
  /** The agent's lease has surely run out: it has taken everything down by itself. */
  LEASE_EXPIRED,
  /** The node booted anew: its kernel is empty. */
  REBOOTED,
  /** The instance started anew in place: its kernel state is empty. */
  RESTARTED,
  /** An operator stated that the node is off. */
  OPERATOR,
  /** It was on no gateway. */
  NOT_CARRIED
}
