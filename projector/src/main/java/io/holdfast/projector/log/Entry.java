package io.holdfast.projector.log;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.OutcomeMeta;
import io.holdfast.wire.Sha256;

/** A record of a topic, decoded, with its place. */
public sealed interface Entry {
  Place place();

  /** Name of the network, as the record's key has it. */
  String network();

  /**
   * An event.
   *
   * @param hash SHA-256 of its Avro bytes as they were written: what the next event refers to
   */
  record OfEvent(Place place, String network, EventMeta meta, Event event, Sha256 hash)
      implements Entry {}

  /** The answer to a command. */
  record OfOutcome(Place place, String network, OutcomeMeta meta, Outcome outcome)
      implements Entry {}

  /** Something that should not be there. */
  record Unreadable(Place place, String network, String fault) implements Entry {}
}
