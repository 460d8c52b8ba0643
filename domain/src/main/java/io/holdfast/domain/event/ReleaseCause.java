package io.holdfast.domain.event;

/** Why a tenure ended. UNKNOWN is what an older reader makes of a newer symbol. */
public enum ReleaseCause {
  UNKNOWN,
  /** Its holder or somebody for it asked. */
  REQUESTED,
  /** An operator, with a reason, rules and all. */
  FORCED,
  /** Checks confirmed that the owner does not exist any more. */
  OWNER_ABSENT,
  /** The owner's node came back from a reboot without the owner. */
  OWNER_REBOOTED,
  /** An operator stated that the owner's node is off. */
  NODE_FENCED,
  /** Its lease ended and was not renewed. */
  LEASE_ENDED
}
