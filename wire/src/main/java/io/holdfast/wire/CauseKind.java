package io.holdfast.wire;

/** What an event followed from. UNKNOWN is what an older reader makes of a newer symbol. */
public enum CauseKind {
  UNKNOWN,
  COMMAND,
  REPORT,
  TIMER
}
