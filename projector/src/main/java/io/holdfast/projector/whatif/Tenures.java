package io.holdfast.projector.whatif;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.outcome.Grant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the tenures of the record are in one world. One from before the window is what it was; later
 * ones are what the same request was given here. A request that waits may be given it here sooner
 * or later than in the record.
 */
final class Tenures {
  private final Map<Long, Grant> here = new HashMap<>();
  private final Unrecorded unrecorded = new Unrecorded();

  /** By command: what the record has for it, and nothing here stands for yet. */
  private final Map<String, Deque<Long>> awaited = new HashMap<>();

  private final Map<Long, String> awaitedBy = new HashMap<>();

  /** By command: what it was given here while it still waits in the record. */
  private final Map<String, Deque<Early>> early = new HashMap<>();

  private record Early(Grant grant, long time) {}

  Unrecorded unrecorded() {
    return unrecorded;
  }

  /** What was before the window is what it was. */
  void before(EventHeader header, Event event) {
    switch (event) {
      case Event.EipAllocated e ->
          tie(e.tenure(), new Grant(e.ip(), e.tenure(), e.pool()), header.time());
      case Event.EipAdopted e ->
          tie(e.tenure(), new Grant(e.ip(), e.tenure(), e.pool()), header.time());
      case Event.EipRestored e -> put(e.tenure(), new Grant(e.ip(), e.tenure(), e.pool()));
      case Event.EipTransferred e -> {
        put(e.tenure(), new Grant(e.ip(), e.tenure(), e.pool()));
        unrecorded.became(e.from(), e.tenure());
      }
      default -> {}
    }
  }

  @Nullable Grant of(long tenure) {
    return here.get(tenure);
  }

  void put(long tenure, Grant grant) {
    here.put(tenure, grant);
  }

  @Nullable Grant remove(long tenure) {
    return here.remove(tenure);
  }

  /** A tenure began in the record; here it is this one. */
  void tie(long tenure, Grant grant, long time) {
    put(tenure, grant);
    unrecorded.recorded(tenure, grant, time);
  }

  /** In the record, a request was given these at last. */
  void givenThere(String command, List<Long> tenures, long time) {
    for (long tenure : tenures) {
      Early given = poll(early, command);
      if (given != null) {
        tie(tenure, given.grant(), time);
      } else {
        awaited.computeIfAbsent(command, c -> new ArrayDeque<>()).add(tenure);
        awaitedBy.put(tenure, command);
      }
    }
  }

  /** Here, a request was given these at last. */
  void givenHere(String command, List<Grant> grants, long time) {
    for (Grant grant : grants) {
      Long tenure = poll(awaited, command);
      if (tenure != null) {
        awaitedBy.remove(tenure);
        tie(tenure, grant, time);
      } else {
        early.computeIfAbsent(command, c -> new ArrayDeque<>()).add(new Early(grant, time));
      }
    }
  }

  /** In the record, a request waits no longer, and was given nothing. */
  void neverGiven(String command, long time) {
    for (Early e = poll(early, command); e != null; e = poll(early, command)) {
      unrecorded.add(e.grant(), e.time(), time);
    }
  }

  /** A tenure of the record went on as another one, under another owner. */
  void became(long from, long tenure) {
    String command = awaitedBy.remove(from);
    Deque<Long> left = command == null ? null : awaited.get(command);
    if (command != null && left != null) {
      left.remove(from);
      left.add(tenure);
      awaitedBy.put(tenure, command);
    }
  }

  /**
   * A tenure of the record is over. The command, if nothing here stood for the tenure yet and this
   * was the last that was awaited for it: nobody is there any more who would wait; else null.
   */
  @Nullable String over(long tenure) {
    String command = awaitedBy.remove(tenure);
    Deque<Long> left = command == null ? null : awaited.get(command);
    if (command == null || left == null) {
      return null;
    }
    left.remove(tenure);
    if (!left.isEmpty()) {
      return null;
    }
    awaited.remove(command);
    return command;
  }

  private static <T> @Nullable T poll(Map<String, Deque<T>> from, String command) {
    Deque<T> queue = from.get(command);
    T first = queue == null ? null : queue.poll();
    if (queue != null && queue.isEmpty()) {
      from.remove(command);
    }
    return first;
  }
}
