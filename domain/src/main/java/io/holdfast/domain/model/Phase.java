package io.holdfast.domain.model;

/**
 * Where an address is in its life. An address that was never used has no record and counts as free.
 */
public enum Phase {
  /** Handed out again at any time; it was used before. */
  FREE,
  /** Held by an owner. */
  ALLOCATED,
  /** The owner is gone; a gateway may still carry the address. */
  RELEASING,
  /** Surely nowhere; waits for its deadline before it is free. */
  COOLING_DOWN,
  /** Something answers for it although nobody holds it; not handed out until that has cleared. */
  QUARANTINED,
  /** Taken out by an operator. */
  RESERVED
}
