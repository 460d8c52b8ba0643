package io.holdfast.allocator.http;

import io.holdfast.domain.outcome.RefusalCode;

/** HTTP status of refusals, as docs/http-api.md tables them. */
final class CommandStatus {
  private CommandStatus() {}

  static int of(RefusalCode code) {
    return switch (code) {
      case Invalid, ImportRefused -> 422;
      case PoolUnknown, GatewayUnknown, NodeUnknown, RuleUnknown, AddressNotAllocated, NotWaiting ->
          404;
      case NotOwner -> 403;
      case StaleTenure, StaleRevision -> 412;
      case Unknown,
          PoolOverlap,
          PoolExhausted,
          NoMatchingPool,
          OutOfRange,
          AddressInUse,
          AddressReleasing,
          AddressCoolingDown,
          AddressQuarantined,
          AddressReserved,
          QuotaExceeded,
          InUse,
          GatewayRetiring,
          NoCandidate,
          PortConflict,
          InternalIpInUse ->
          409;
    };
  }
}
