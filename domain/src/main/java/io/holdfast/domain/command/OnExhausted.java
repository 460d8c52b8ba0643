package io.holdfast.domain.command;

/** What an allocation does when there are not enough free addresses. */
public enum OnExhausted {
  /** What an older reader makes of a newer value. */
  UNKNOWN,
  REJECT,
  /** It waits its turn: freed addresses go to who has waited longest. */
  WAIT
}
