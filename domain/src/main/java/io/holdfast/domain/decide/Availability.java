package io.holdfast.domain.decide;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether an address can be taken, and if not, what it is that stands in the way. */
final class Availability {
  private Availability() {}

  /**
   * An address as it is now: one whose cool-down is over is free, though its timer has not fired.
   * Null: it has no record.
   */
  static @Nullable Address present(Draft draft, IpAddress ip) {
    Address address = draft.state().addresses().get(ip);
    if (address != null
        && address.phase() == Phase.COOLING_DOWN
        && address.freeAt() <= draft.now()) {
      draft.free(ip, address);
      // A pool that was cut does not keep it.
      return draft.state().addresses().get(ip);
    }
    return address;
  }

  static Refusal outOfRange(IpAddress ip) {
    return Refusal.of(RefusalCode.OutOfRange, ip + " is not offered by any pool of this network");
  }

  /** Why an address that has a record and is not free cannot be taken. */
  static Refusal taken(IpAddress ip, Address address) {
    return switch (address.phase()) {
      case ALLOCATED ->
          Refusal.of(
              RefusalCode.AddressInUse,
              ip
                  + (address.tenancy() == null
                      ? " is held"
                      : " is held by " + address.tenancy().owner()));
      case RELEASING ->
          Refusal.of(
              RefusalCode.AddressReleasing,
              ip + " is being released; a gateway may still carry it");
      case COOLING_DOWN ->
          Refusal.of(
                  RefusalCode.AddressCoolingDown,
                  ip + " cools down until " + Instant.ofEpochMilli(address.freeAt()))
              .with("freeAt", Instant.ofEpochMilli(address.freeAt()));
      case QUARANTINED ->
          Refusal.of(
              RefusalCode.AddressQuarantined,
              ip + " is quarantined: something that is not to answers for it");
      case RESERVED ->
          Refusal.of(
              RefusalCode.AddressReserved, ip + " is reserved: an operator has taken it out");
      case FREE -> throw new IllegalStateException(ip + " is free");
    };
  }
}
