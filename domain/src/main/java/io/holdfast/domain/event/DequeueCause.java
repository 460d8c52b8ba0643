package io.holdfast.domain.event;

/** Why somebody does not wait for addresses any more. */
public enum DequeueCause {
  /** What an older reader makes of a newer cause. */
  UNKNOWN,
  /** It has them: the events of the allocation stand before this one. */
  GRANTED,
  CANCELLED,
  /** Its deadline passed. */
  EXPIRED,
  /** What it asked for cannot be given any more, for example because its gateway is gone. */
  REFUSED
}
