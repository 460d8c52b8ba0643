package io.holdfast.domain.state;

/** What is to happen when a timer is due. The subject names on what. */
public enum TimerKind {
  /** The cool-down of an address ends. Subject: the address. */
  COOLDOWN(1),
  /** An earlier gateway instance has surely taken everything down. Subject: gateway, epoch. */
  FENCE(2),
  /**
   * What a fenced instance kept from being withdrawn is worked off in portions. Subject: gateway.
   */
  SWEEP(3),
  /** An owner inventory is overdue. Subject: node, boot id. */
  INVENTORY(4),
  /** Answers that do not count any more are cleared away in portions. */
  OUTCOMES(5),
  /**
   * To look at who waits for addresses: when it began, and when it is given up. Subject: ticket.
   */
  WAIT(6),
  /** Freed addresses are given to those who wait, in portions. Subject: pool. */
  WAKE(7),
  /** A lease is near its end. Subject: the address, detail: tenure. */
  LEASE_WARNING(8),
  /** A lease ends. Subject: the address, detail: tenure. */
  LEASE_END(9),
  /** The probation of a quarantined address ends. Subject: the address. */
  PROBATION(10);

  private final int code;

  TimerKind(int code) {
    this.code = code;
  }

  /** What stands for it in stored keys: ascending in the order of the constants, never changed. */
  public int code() {
    return code;
  }

  /** The kind with this code. */
  public static TimerKind of(int code) {
    for (TimerKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no timer kind has code " + code);
  }
}
