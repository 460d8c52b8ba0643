package io.holdfast.domain.state;

/** What is to happen when a timer is due. The subject names on what. */
public enum TimerKind {
  /** The cool-down of an address ends. Subject: the address. */
  COOLDOWN,
  /** An earlier gateway instance has surely taken everything down. Subject: gateway, epoch. */
  FENCE,
  /**
   * What a fenced instance kept from being withdrawn is worked off in portions. Subject: gateway.
   */
  SWEEP,
  /** An owner inventory is overdue. Subject: node, boot id. */
  INVENTORY,
  /** An answer need not be remembered any longer. Subject: command id. */
  OUTCOME
}
