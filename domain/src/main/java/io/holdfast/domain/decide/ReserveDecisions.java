package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Refusal;

/** ReserveIp, UnreserveIp. */
final class ReserveDecisions {
  private ReserveDecisions() {}

  static Verdict reserve(Draft draft, CommandMeta meta, Command.ReserveIp c) {
    if (meta.reason().isBlank()) {
      return Verdict.refused(
          Refusal.invalid("meta.reason", meta.reason(), "why the address is taken out"));
    }
    Address address = Availability.present(draft, c.ip());
    String pool = address == null ? DriftDecisions.poolOf(draft.state(), c.ip()) : address.pool();
    if (pool == null) {
      return Verdict.refused(Availability.outOfRange(c.ip()));
    }
    if (address != null && address.phase() == Phase.RESERVED) {
      return Verdict.DONE;
    }
    if (address != null && address.phase() != Phase.FREE) {
      return Verdict.refused(Availability.taken(c.ip(), address));
    }
    draft.emit(new Event.IpReserved(c.ip(), pool, meta.reason()));
    return Verdict.DONE;
  }

  static Verdict unreserve(Draft draft, Command.UnreserveIp c) {
    Address address = draft.state().addresses().get(c.ip());
    if (address == null) {
      return DriftDecisions.poolOf(draft.state(), c.ip()) == null
          ? Verdict.refused(Availability.outOfRange(c.ip()))
          : Verdict.DONE;
    }
    if (address.phase() == Phase.RESERVED) {
      free(draft, c.ip(), address.pool());
      return Verdict.DONE;
    }
    return address.phase() == Phase.FREE
        ? Verdict.DONE
        : Verdict.refused(Availability.taken(c.ip(), address));
  }

  /** Unless a gateway was seen with it meanwhile. */
  private static void free(Draft draft, IpAddress ip, String pool) {
    draft.emit(new Event.IpUnreserved(ip, pool));
    String carrier = DriftDecisions.seenUnasked(draft.state(), ip);
    if (carrier == null || draft.state().addresses().get(ip) == null) {
      draft.opened(pool);
    } else {
      draft.emit(new Event.IpQuarantined(ip, pool, "seen on gateway " + carrier, 0));
    }
  }
}
