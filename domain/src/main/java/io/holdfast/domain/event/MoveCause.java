package io.holdfast.domain.event;

/** Why a gateway got a new epoch. UNKNOWN is what an older reader makes of a newer symbol. */
public enum MoveCause {
  UNKNOWN,
  REQUESTED,
  PROBE_FAILED,
  NODE_LOST,
  NODE_REBOOTED,
  INSTANCE_RESTARTED,
  NODE_FENCED
}
