package io.holdfast.domain.outcome;

/** Why a command was refused. Spelled as on the wire; README and HTTP status follow from it. */
public enum RefusalCode {
  /** What an older reader makes of a newer code. */
  Unknown,
  /** A field has a value that is not allowed: field, value and what is allowed are given. */
  Invalid,
  PoolUnknown,
  PoolOverlap,
  PoolExhausted,
  NoMatchingPool,
  OutOfRange,
  AddressInUse,
  AddressReleasing,
  AddressCoolingDown,
  AddressQuarantined,
  AddressNotAllocated,
  StaleTenure,
  NotOwner,
  InUse,
  GatewayUnknown,
  GatewayRetiring,
  NodeUnknown,
  NoCandidate,
  RuleUnknown,
  PortConflict,
  InternalIpInUse,
  QuotaExceeded,
  AddressReserved,
  StaleRevision,
  NotWaiting,
  /** Lines of an import cannot be taken: the details say which and why. */
  ImportRefused
}
