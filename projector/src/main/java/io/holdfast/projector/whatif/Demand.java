package io.holdfast.projector.whatif;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Outcome;

/**
 * What the record says of a network that would have come about under another configuration too.
 * Tenures are those of the record: which address they are of may be another one then.
 */
sealed interface Demand {
  /** Epoch milliseconds. */
  long time();

  /** A pool was defined, resized, changed or removed, or a quota set. */
  record Configured(long time, Event event) implements Demand {}

  /** Somebody wanted addresses, and got that answer. */
  record Asked(long time, String id, String actor, Command.AllocateEip command, Outcome answer)
      implements Demand {}

  /** A tenure was over, for whatever reason. */
  record Ended(long time, long tenure, ReleaseCause cause) implements Demand {}

  /** The address of an ended tenure was surely nowhere any more. */
  record Gone(long time, long tenure) implements Demand {}

  /** The end of a tenure was undone. */
  record Restored(long time, long tenure, long again) implements Demand {}

  /** An address that nobody held was taken out, because something answered for it. */
  record TakenOut(long time, Event.IpQuarantined event) implements Demand {}

  /** Nothing answers for it any more. */
  record PutBack(long time, IpAddress ip) implements Demand {}
}
