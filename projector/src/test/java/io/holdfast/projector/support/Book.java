package io.holdfast.projector.support;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.wire.CauseKind;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import io.holdfast.wire.OutcomeMeta;
import io.holdfast.wire.Sha256;
import java.util.ArrayList;
import java.util.List;

/** A network's records as the allocator writes them. */
public final class Book {
  private final Codec codec;
  private final String network;
  private final List<byte[]> events = new ArrayList<>();
  private final List<byte[]> outcomes = new ArrayList<>();
  private final List<byte[]> commands = new ArrayList<>();
  private final List<Message<EventMeta, ?>> messages = new ArrayList<>();
  private Sha256 last = Sha256.ZERO;

  public Book(Codec codec, String network) {
    this.codec = codec;
    this.network = network;
  }

  void event(Recorded event, CauseKind kind, String cause, String actor) {
    EventMeta meta =
        new EventMeta(
            network,
            event.header().sequence(),
            event.header().time(),
            last,
            event.digest(),
            actor,
            "because",
            kind,
            cause);
    Message<EventMeta, ?> message = new Message<>(meta, event.event());
    byte[] bytes = codec.encode(Contract.EVENTS, message);
    last = Sha256.ofEvent(bytes);
    events.add(bytes);
    messages.add(message);
  }

  void command(CommandMeta meta, Command command) {
    commands.add(codec.encode(Contract.COMMANDS, new Message<>(meta, command)));
  }

  void outcome(OutcomeMeta meta, Outcome outcome) {
    outcomes.add(codec.encode(Contract.OUTCOMES, new Message<>(meta, outcome)));
  }

  public String network() {
    return network;
  }

  public List<byte[]> events() {
    return events;
  }

  public List<byte[]> commands() {
    return commands;
  }

  public List<byte[]> outcomes() {
    return outcomes;
  }

  public List<Message<EventMeta, ?>> messages() {
    return messages;
  }

  /** Hash of the last event. */
  public Sha256 last() {
    return last;
  }

  /** Drops what is no longer needed; the chain goes on. */
  public void forget() {
    events.clear();
    outcomes.clear();
    commands.clear();
    messages.clear();
  }
}
