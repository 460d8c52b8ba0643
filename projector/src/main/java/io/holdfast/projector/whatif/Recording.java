package io.holdfast.projector.whatif;

import io.holdfast.domain.event.DequeueCause;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.wire.CauseKind;
import io.holdfast.wire.EventMeta;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes demands of the record: events come one after the other, and wishes with their answers come
 * in between, where they were decided.
 */
final class Recording {
  private final Deque<Wish> wishes;
  private final Map<String, Wish> byId = new HashMap<>();
  private final Set<String> imports;
  private final Taker to;
  private final Waits waits = new Waits();
  private final Set<String> waiting = new HashSet<>();
  private final Given given = new Given();
  private final Map<IpAddress, Long> releasing = new HashMap<>();
  private final Set<IpAddress> takenOut = new HashSet<>();
  private @Nullable EventMeta last;
  private boolean begun;
  private long withoutCommand;

  /** Takes what comes of it. */
  interface Taker {
    /** An event from before the window. */
    void before(EventHeader header, Event event);

    /** The window begins. */
    void begin();

    void within(Demand demand);
  }

  /**
   * @param wishes in the order in which they were answered; the first one begins the window
   * @param imports ids of the commands that were imports
   */
  Recording(List<Wish> wishes, Set<String> imports, Taker to) {
    this.wishes = new ArrayDeque<>(wishes);
    this.imports = imports;
    this.to = to;
    wishes.forEach(wish -> byId.put(wish.id(), wish));
    waiting.addAll(byId.keySet());
  }

  void take(EventMeta meta, Event event) {
    Wish wish = meta.causeKind() == CauseKind.COMMAND ? byId.get(meta.cause()) : null;
    Wish next = wishes.peek();
    if (!begun && (wish != null || (next != null && next.sequence() < meta.sequence()))) {
      begin();
    }
    if (last != null && !isOneDecision(last, meta)) {
      decided(last.time());
    }
    wishesBefore(meta.sequence());
    EventHeader header = new EventHeader(meta.sequence(), meta.time());
    waits.take(header, event);
    if (begun) {
      last = meta;
      within(meta, event, wish);
    } else {
      to.before(header, event);
      if (event instanceof Event.AllocationQueued e) {
        waiting.add(e.commandId());
      }
    }
    note(event);
  }

  /** No event comes any more. */
  void end() {
    if (!begun) {
      begin();
    }
    if (last != null) {
      decided(last.time());
    }
    wishesBefore(Long.MAX_VALUE);
  }

  /** Allocations in the window whose command is not there. */
  long withoutCommand() {
    return withoutCommand;
  }

  /** Who waited, as recorded. */
  Waits waits() {
    return waits;
  }

  private void begin() {
    begun = true;
    waits.begin();
    to.begin();
  }

  private static boolean isOneDecision(EventMeta a, EventMeta b) {
    return a.time() == b.time() && a.causeKind() == b.causeKind() && a.cause().equals(b.cause());
  }

  private void decided(long time) {
    last = null;
    given.clear();
    to.within(new Demand.Decided(time));
  }

  private void wishesBefore(long sequence) {
    for (Wish w = wishes.peek(); w != null && w.sequence() < sequence; w = wishes.peek()) {
      to.within(w.asked());
      wishes.remove();
    }
  }

  private void within(EventMeta meta, Event event, @Nullable Wish wish) {
    long time = meta.time();
    switch (event) {
      case Event.PoolDefined _,
          Event.PoolResized _,
          Event.PoolChanged _,
          Event.PoolRemoved _,
          Event.QuotaSet _ ->
          to.within(new Demand.Configured(time, event));
      case Event.EipAllocated e -> allocated(meta, e, wish);
      case Event.AllocationDequeued e -> dequeued(time, e);
      case Event.EipAdopted e -> {
        to.within(new Demand.Adopted(time, e));
        Long ended = releasing.get(e.ip());
        if (ended != null) {
          to.within(new Demand.Gone(time, ended));
        }
      }
      case Event.EipTransferred e -> to.within(new Demand.Transferred(time, e));
      case Event.EipReleaseRequested e -> to.within(new Demand.Ended(time, e.tenure(), e.cause()));
      case Event.EipRestored e -> to.within(new Demand.Restored(time, e.restores(), e.tenure()));
      case Event.EipCooldownStarted e -> {
        if (releasing.containsKey(e.ip())) {
          to.within(new Demand.Gone(time, e.tenure()));
        } else if (takenOut.contains(e.ip())) {
          to.within(new Demand.PutBack(time, e.ip()));
        }
      }
      case Event.IpQuarantined e -> {
        Long ended = releasing.get(e.ip());
        to.within(
            ended == null ? new Demand.TakenOut(time, e) : new Demand.Suspected(time, ended, e));
      }
      case Event.IpReserved e -> {
        // What was adopted is reserved once it is gone.
        Long ended = releasing.get(e.ip());
        to.within(ended == null ? new Demand.Reserved(time, e) : new Demand.Gone(time, ended));
      }
      case Event.IpUnreserved e -> to.within(new Demand.Unreserved(time, e));
      default -> {}
    }
  }

  private void allocated(EventMeta meta, Event.EipAllocated e, @Nullable Wish wish) {
    if (wish != null && wish.has(e.tenure())) {
      return;
    }
    if (meta.causeKind() == CauseKind.COMMAND && imports.contains(meta.cause())) {
      to.within(new Demand.Imported(meta.time(), e));
    } else {
      withoutCommand++;
      given.add(e);
    }
  }

  private void dequeued(long time, Event.AllocationDequeued e) {
    if (e.cause() == DequeueCause.GRANTED) {
      List<Long> tenures = given.take(e.owner()).stream().map(Event.EipAllocated::tenure).toList();
      if (waiting.contains(e.commandId())) {
        withoutCommand -= tenures.size();
        to.within(new Demand.Served(time, e.commandId(), tenures));
      }
    } else {
      to.within(new Demand.Left(time, e.commandId(), e.cause()));
    }
  }

  /** A released address that goes into quarantine is not surely nowhere until that is over. */
  private void note(Event event) {
    switch (event) {
      case Event.EipReleaseRequested e -> releasing.put(e.ip(), e.tenure());
      case Event.EipRestored e -> releasing.remove(e.ip());
      case Event.EipCooldownStarted e -> in(e.ip());
      case Event.IpReserved e -> in(e.ip());
      case Event.EipAdopted e -> in(e.ip());
      case Event.IpQuarantined e when !releasing.containsKey(e.ip()) -> takenOut.add(e.ip());
      default -> {}
    }
  }

  private void in(IpAddress ip) {
    releasing.remove(ip);
    takenOut.remove(ip);
  }
}
