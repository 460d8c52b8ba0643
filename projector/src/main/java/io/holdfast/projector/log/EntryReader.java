package io.holdfast.projector.log;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.wire.BadValueException;
import io.holdfast.wire.Codec;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import io.holdfast.wire.OutcomeMeta;
import io.holdfast.wire.Sha256;
import io.holdfast.wire.UnreadableException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes records. Thread-safe. */
public final class EntryReader {
  private final Codec codec;

  public EntryReader(Codec codec) {
    this.codec = codec;
  }

  /**
   * The record as an entry; one that cannot be read is an {@link Entry.Unreadable}.
   *
   * @throws io.holdfast.schemas.registry.RegistryException if the registry cannot be asked: try
   *     again
   */
  public Entry read(Place place, byte @Nullable [] key, byte @Nullable [] value) {
    String network = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    if (value == null) {
      return new Entry.Unreadable(place, network, "the record has no value");
    }
    try {
      Object message = codec.decode(place.topic(), value);
      if (message instanceof Message<?, ?>(EventMeta meta, Event event)) {
        return meta.network().equals(network)
            ? new Entry.OfEvent(place, network, meta, event, Sha256.ofEvent(value))
            : new Entry.Unreadable(
                place, network, "an event of network " + meta.network() + " under another key");
      }
      if (message instanceof Message<?, ?>(OutcomeMeta meta, Outcome outcome)) {
        return new Entry.OfOutcome(place, network, meta, outcome);
      }
      return new Entry.Unreadable(place, network, "a " + message.getClass().getSimpleName());
    } catch (UnreadableException | BadValueException e) {
      return new Entry.Unreadable(place, network, String.valueOf(e.getMessage()));
    }
  }
}
