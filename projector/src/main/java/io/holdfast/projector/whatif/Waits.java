package io.holdfast.projector.whatif;

import io.holdfast.domain.event.DequeueCause;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who waited for addresses, in the record or in one world, and what came of it. */
final class Waits {
  private final Map<Long, Wait> all = new HashMap<>();
  private final Map<String, Long> open = new HashMap<>();

  /**
   * One wait.
   *
   * @param cause why it is over; null: it is not
   * @param until when that was, epoch milliseconds
   */
  private record Wait(long since, @Nullable DequeueCause cause, long until) {}

  void take(EventHeader header, Event event) {
    switch (event) {
      case Event.AllocationQueued e -> {
        all.put(header.sequence(), new Wait(header.time(), null, 0));
        open.put(e.commandId(), header.sequence());
      }
      case Event.AllocationDequeued e -> {
        Wait wait = all.get(e.ticket());
        if (wait != null) {
          all.put(e.ticket(), new Wait(wait.since(), e.cause(), header.time()));
          open.remove(e.commandId());
        }
      }
      default -> {}
    }
  }

  /** The window begins: what was over before does not count. */
  void begin() {
    all.values().removeIf(wait -> wait.cause() != null);
  }

  /** Of the request that waits now and came with this command; null: it does not wait. */
  @Nullable Long ticket(String commandId) {
    return open.get(commandId);
  }

  /** What came of a wait, for people. */
  String fate(long ticket) {
    Wait wait = all.get(ticket);
    DequeueCause cause = wait == null ? null : wait.cause();
    return switch (cause) {
      case null -> "still waiting";
      case GRANTED -> "served later";
      case CANCELLED -> "wait cancelled";
      case EXPIRED -> "wait expired";
      case REFUSED -> "refused while waiting";
      case UNKNOWN -> "wait over";
    };
  }

  Figures.Waiting figures() {
    long[] lengths =
        all.values().stream()
            .filter(w -> w.cause() == DequeueCause.GRANTED)
            .mapToLong(w -> w.until() - w.since())
            .toArray();
    Arrays.sort(lengths);
    int served = lengths.length;
    return new Figures.Waiting(
        all.size(),
        served,
        all.values().stream().filter(w -> w.cause() == DequeueCause.EXPIRED).count(),
        open.size(),
        served == 0 ? 0 : lengths[served / 2],
        served == 0 ? 0 : lengths[served - 1]);
  }
}
