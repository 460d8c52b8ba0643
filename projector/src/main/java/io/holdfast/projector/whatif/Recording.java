package io.holdfast.projector.whatif;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.projector.log.Entry;
import io.holdfast.wire.CauseKind;
import io.holdfast.wire.EventMeta;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes demands of the record: events come one after the other, and wishes with their answers come
 * in between, where they were decided.
 */
final class Recording {
  private final Deque<Wish> wishes;
  private final Set<String> ids = new HashSet<>();
  private final Taker to;
  private final Set<IpAddress> releasing = new HashSet<>();
  private final Set<IpAddress> takenOut = new HashSet<>();
  private boolean begun;
  private long withoutCommand;

  /** An AllocateEip with its answer. */
  record Wish(Entry.OfOutcome answer, Command.AllocateEip command) {
    /** Of the network's last event when it was answered. */
    long sequence() {
      return switch (answer.outcome()) {
        case io.holdfast.domain.outcome.Outcome.Accepted a -> a.sequence();
        case io.holdfast.domain.outcome.Outcome.Rejected r -> r.sequence();
      };
    }
  }

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
   */
  Recording(Iterable<Wish> wishes, Taker to) {
    this.wishes = new ArrayDeque<>();
    wishes.forEach(w -> {
      this.wishes.add(w);
      ids.add(w.answer().meta().commandId());
    });
    this.to = to;
  }

  void take(EventMeta meta, Event event) {
    boolean ofAWish = meta.causeKind() == CauseKind.COMMAND && ids.contains(meta.cause());
    Wish next = wishes.peek();
    if (!begun && (ofAWish || (next != null && next.sequence() < meta.sequence()))) {
      begin();
    }
    wishesBefore(meta.sequence());
    if (begun) {
      within(meta, event, ofAWish);
    } else {
      to.before(new EventHeader(meta.sequence(), meta.time()), event);
      note(event);
    }
  }

  /** No event comes any more. */
  void end() {
    if (!begun) {
      begin();
    }
    wishesBefore(Long.MAX_VALUE);
  }

  /** Allocations in the window whose command is not there. */
  long withoutCommand() {
    return withoutCommand;
  }

  private void begin() {
    begun = true;
    to.begin();
  }

  private void wishesBefore(long sequence) {
    for (Wish w = wishes.peek(); w != null && w.sequence() < sequence; w = wishes.peek()) {
      var meta = w.answer().meta();
      to.within(
          new Demand.Asked(
              meta.time(), meta.commandId(), meta.actor(), w.command(), w.answer().outcome()));
      wishes.remove();
    }
  }

  private void within(EventMeta meta, Event event, boolean ofAWish) {
    long time = meta.time();
    switch (event) {
      case Event.PoolDefined _,
          Event.PoolResized _,
          Event.PoolChanged _,
          Event.PoolRemoved _,
          Event.QuotaSet _ ->
          to.within(new Demand.Configured(time, event));
      case Event.EipAllocated _ -> withoutCommand += ofAWish ? 0 : 1;
      case Event.EipReleaseRequested e -> to.within(new Demand.Ended(time, e.tenure(), e.cause()));
      case Event.EipRestored e -> to.within(new Demand.Restored(time, e.restores(), e.tenure()));
      case Event.EipCooldownStarted e -> {
        if (releasing.contains(e.ip())) {
          to.within(new Demand.Gone(time, e.tenure()));
        } else if (takenOut.contains(e.ip())) {
          to.within(new Demand.PutBack(time, e.ip()));
        }
      }
      case Event.IpQuarantined e when !releasing.contains(e.ip()) ->
          to.within(new Demand.TakenOut(time, e));
      default -> {}
    }
    note(event);
  }

  /** A released address that goes into quarantine is not surely nowhere until that is over. */
  private void note(Event event) {
    switch (event) {
      case Event.EipReleaseRequested e -> releasing.add(e.ip());
      case Event.EipRestored e -> releasing.remove(e.ip());
      case Event.EipCooldownStarted e -> {
        releasing.remove(e.ip());
        takenOut.remove(e.ip());
      }
      case Event.IpQuarantined e when !releasing.contains(e.ip()) -> takenOut.add(e.ip());
      default -> {}
    }
  }
}
