package io.holdfast.domain.view;

/** Why something is ready or not, spelled as on the wire. Listed in the order they are judged. */
public enum Reason {
  /** The rule is being removed. */
  RuleRemoved,
  /** Nobody holds the address, or its release is under way. */
  NotAllocated,
  /** The EIP is on no gateway. */
  NotAttached,
  /** Another gateway may still carry the address, so this one is not given it. */
  CarriedElsewhere,
  /** The gateway has no instance. */
  GatewayUnplaced,
  /** The gateway's new instance is given nothing until an earlier one is surely gone. */
  WaitingForFence,
  /** No observation has counted yet. */
  NotSeenYet,
  /** Only an earlier instance of the gateway was seen with it. */
  SeenByEarlierInstance,
  /** It was there, and then it was seen missing. */
  SeenMissing,
  /** The gateway's current instance was seen with it as it is wanted now. */
  Programmed
}
