package io.holdfast.domain.decide;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.evolve.Evolver;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.Overlay;
import io.holdfast.domain.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A decision in the making: events so far, already folded into an overlay that later guards read.
 */
final class Draft {
  private final Head head;
  private final Overlay overlay;
  private final List<Recorded> events = new ArrayList<>();
  private final TreeSet<String> opened = new TreeSet<>();
  private final TreeSet<String> relieved = new TreeSet<>();
  private final long now;
  private final Settings settings;

  Draft(State base, Head head, long now, Settings settings) {
    this.head = head;
    this.overlay = new Overlay(base, head.digest());
    this.now = Math.max(now, head.time());
    this.settings = settings;
  }

  /**
   * A draft on top of this one: what it holds counts only once it is {@link #take taken}, so that
   * something can be tried.
   */
  Draft attempt() {
    return new Draft(overlay, headAfter(), now, settings);
  }

  /** Makes what an attempt holds part of this. */
  void take(Draft attempt) {
    attempt.overlay.apply();
    events.addAll(attempt.events);
    opened.addAll(attempt.opened);
    relieved.addAll(attempt.relieved);
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

  /** A number that differs from event to event and is the same for the same log. */
  long seed() {
    return overlay.digest() * 31 + nextSequence();
  }

  void emit(Event event) {
    EventHeader header = new EventHeader(nextSequence(), now);
    Evolver.apply(overlay, header, event);
    events.add(new Recorded(header, event, overlay.digest()));
  }

  /** The address is free from now on: for those who wait for one of its pool, too. */
  void free(IpAddress ip, Address address) {
    relievedOf(address);
    opened.add(address.pool());
    emit(new Event.EipFreed(ip, address.tenure()));
  }

  /** What rests is about to count no more for the tenant that had it. */
  void relievedOf(@Nullable Address address) {
    if (address != null && address.former() != null) {
      relieved.add(address.former().owner().tenant());
    }
  }

  /** A pool may have something for those who wait. */
  void opened(String pool) {
    opened.add(pool);
  }

  /** A tenant may have more than before, or no more at all. */
  void relieved(String tenant) {
    relieved.add(tenant);
  }

  /** Pools that may have something for those who wait, by name; who looks at one takes it out. */
  NavigableSet<String> opened() {
    return opened;
  }

  /** Tenants that may have more than before, or no more; who looks at one takes it out. */
  NavigableSet<String> relieved() {
    return relieved;
  }

  int size() {
    return events.size();
  }

  /** Takes everything back. */
  void rollBack() {
    events.clear();
    opened.clear();
    relieved.clear();
    overlay.drop(head.digest());
  }

  private Head headAfter() {
    return events.isEmpty()
        ? head
        : new Head(head.sequence() + events.size(), now, overlay.digest());
  }

  <T> Decision<T> decided(T answer) {
    return new Decision<>(answer, List.copyOf(events), headAfter(), overlay);
  }
}
