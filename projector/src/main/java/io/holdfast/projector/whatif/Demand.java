package io.holdfast.projector.whatif;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.DequeueCause;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Outcome;
import java.util.List;

/**
 * What the record says of a network that would have come about under another configuration too.
 * Tenures are those of the record: which address they are of may be another one then.
 */
sealed interface Demand {
  /** Epoch milliseconds. */
  long time();

  /** A pool was defined, resized, changed or removed, or a quota set. */
  record Configured(long time, Event event) implements Demand {}

  /** Somebody wanted addresses, with AllocateEip or AllocateBundle, and got that answer. */
  record Asked(long time, String id, String actor, Command command, Outcome answer)
      implements Demand {}

  /** Who had waited was given these tenures; asked for with the command of that id. */
  record Served(long time, String id, List<Long> tenures) implements Demand {}

  /** Somebody waited no longer, and was given nothing. */
  record Left(long time, String id, DequeueCause cause) implements Demand {}

  /** An import gave an owner this very address. */
  record Imported(long time, Event.EipAllocated event) implements Demand {}

  /** An owner had this very address before the service knew of it. */
  record Adopted(long time, Event.EipAdopted event) implements Demand {}

  /** A tenure went over to another owner, as another tenure. */
  record Transferred(long time, Event.EipTransferred event) implements Demand {}

  /** A tenure was over, for whatever reason. */
  record Ended(long time, long tenure, ReleaseCause cause) implements Demand {}

  /** Something answered for the address of an ended tenure. */
  record Suspected(long time, long tenure, Event.IpQuarantined event) implements Demand {}

  /** The address of an ended tenure was surely nowhere any more. */
  record Gone(long time, long tenure) implements Demand {}

  /** The end of a tenure was undone. */
  record Restored(long time, long tenure, long again) implements Demand {}

  /** An operator took an address out. */
  record Reserved(long time, Event.IpReserved event) implements Demand {}

  /** An operator put it back. */
  record Unreserved(long time, Event.IpUnreserved event) implements Demand {}

  /** An address that nobody held was taken out, because something answered for it. */
  record TakenOut(long time, Event.IpQuarantined event) implements Demand {}

  /** Nothing answers for it any more. */
  record PutBack(long time, IpAddress ip) implements Demand {}

  /** All of a decision has been said: who waits may be given what it freed. */
  record Decided(long time) implements Demand {}
}
