package io.holdfast.domain.model;

/**
 * What a gateway's new instance waits for. UNKNOWN is what an older reader makes of a newer symbol.
 */
public enum Failover {
  UNKNOWN,
  /** The new instance is given nothing until the old one is surely gone. */
  FENCE_FIRST,
  /** The new instance takes over at once; both may answer for a while, and that is recorded. */
  TAKEOVER
}
