package io.holdfast.domain.decide;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.evolve.Evolver;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.Overlay;
import io.holdfast.domain.state.State;
import java.util.ArrayList;
import java.util.List;

/**
 * A decision in the making: events so far, already folded into an overlay that later guards read.
 */
final class Draft {
  private final Head head;
  private final Overlay overlay;
  private final List<Recorded> events = new ArrayList<>();
  private final long now;
  private final Settings settings;

  Draft(State base, Head head, long now, Settings settings) {
    this.head = head;
    this.overlay = new Overlay(base, head.digest());
    this.now = Math.max(now, head.time());
    this.settings = settings;
  }

  State state() {
    return overlay;
  }

  /** Epoch milliseconds; never before the network's last event. */
  long now() {
    return now;
  }

  Settings settings() {
    return settings;
  }

  /** Sequence number that the next event will get. */
  long nextSequence() {
    return head.sequence() + events.size() + 1;
  }

  void emit(Event event) {
    EventHeader header = new EventHeader(nextSequence(), now);
    Evolver.apply(overlay, header, event);
    events.add(new Recorded(header, event, overlay.digest()));
  }

  int size() {
    return events.size();
  }

  /** Takes everything back. */
  void rollBack() {
    events.clear();
    overlay.drop(head.digest());
  }

  <T> Decision<T> decided(T answer) {
    Head after =
        events.isEmpty() ? head : new Head(head.sequence() + events.size(), now, overlay.digest());
    return new Decision<>(answer, List.copyOf(events), after, overlay);
  }
}
