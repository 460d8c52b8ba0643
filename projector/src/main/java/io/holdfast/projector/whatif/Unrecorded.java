package io.holdfast.projector.whatif;

import io.holdfast.domain.outcome.Grant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tenures that the record does not have, because their wish was refused then. Nobody knows how long
 * they would have lasted: as long as the recorded ones did, on average, as far as those are over.
 */
final class Unrecorded {
  private final Map<Long, Long> began = new HashMap<>();
  private long lasted;
  private long over;
  private final Set<Grant> pending = new HashSet<>();
  private final Map<Grant, Long> endless = new LinkedHashMap<>();
  private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::at));

  /** The end of one, epoch milliseconds. */
  record Due(long at, Grant grant) {}

  /** A recorded tenure began; here it is this one, which is none of these (any more). */
  void recorded(long tenure, Grant here, long time) {
    began.putIfAbsent(tenure, time);
    pending.remove(here);
  }

  /** A recorded tenure went on as another one. */
  void became(long from, long tenure) {
    Long since = began.remove(from);
    if (since != null) {
      began.put(tenure, since);
    }
  }

  /** The address of a recorded tenure was surely nowhere any more. */
  void over(long tenure, long time) {
    Long since = began.remove(tenure);
    if (since != null) {
      lasted += time - since;
      over++;
      endless.forEach(
          (grant, from) -> queue.add(new Due(Math.max(time, from + lasted / over), grant)));
      endless.clear();
    }
  }

  /** One began. As long as none is over that it could be compared with, its end is not known. */
  void add(Grant grant, long time) {
    add(grant, time, time);
  }

  /** One began some time ago, and only now it is clear that it is one. */
  void add(Grant grant, long time, long now) {
    if (!pending.add(grant)) {
      return;
    }
    if (over > 0) {
      queue.add(new Due(Math.max(now, time + lasted / over), grant));
    } else {
      endless.put(grant, time);
    }
  }

  /** The next one that ends up to a time; null if none does. */
  @Nullable Due next(long until) {
    for (Due due = queue.peek(); due != null && due.at() <= until; due = queue.peek()) {
      queue.remove();
      if (pending.remove(due.grant())) {
        return due;
      }
    }
    return null;
  }
}
