package io.holdfast.simulator.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tenure is subject to beside its owner and its place, from events alone. */
final class TermsFact {
  /** How long a renewal lasts, milliseconds; 0: asking again does not renew it. */
  long leaseMs;

  /** Epoch milliseconds; 0: it has no end. */
  long leaseUntil;

  /** What a drained pool leaves it, epoch milliseconds; 0: no limit. */
  long leaseLast;

  /** When its end is to be told, epoch milliseconds; 0: it was, or has none. */
  long warnAt;

  Map<String, String> tags = Map.of();
  @Nullable String offeredTo;
  long offeredUntil;

  /** It was in use before: its end makes it reserved, not free. */
  boolean adopted;

  /** Until when something else is believed to answer for it, epoch milliseconds; 0: nothing is. */
  long conflictUntil;

  /** What a transfer leaves: what belongs to the address and not to its holder. */
  TermsFact handedOver() {
    TermsFact next = new TermsFact();
    next.leaseMs = leaseMs;
    next.leaseUntil = leaseUntil;
    next.leaseLast = leaseLast;
    next.warnAt = warnAt;
    next.adopted = adopted;
    next.conflictUntil = conflictUntil;
    return next;
  }

  @Override
  public String toString() {
    return "lease "
        + leaseMs
        + " until "
        + leaseUntil
        + " at most "
        + leaseLast
        + " told "
        + warnAt
        + ", offered to "
        + offeredTo
        + " until "
        + offeredUntil
        + (adopted ? ", adopted" : "")
        + ", conflict until "
        + conflictUntil
        + ", tags "
        + tags;
  }
}
