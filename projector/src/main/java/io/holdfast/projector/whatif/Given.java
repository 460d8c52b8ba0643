package io.holdfast.projector.whatif;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Owner;
import java.util.ArrayList;
import java.util.List;

/**
 * Allocations of one decision. For whom that waited they were is said by the event after them, with
 * which it leaves the line.
 */
final class Given {
  private final List<Event.EipAllocated> allocated = new ArrayList<>();

  void add(Event.EipAllocated event) {
    allocated.add(event);
  }

  /** What this owner was given, in the order given. */
  List<Event.EipAllocated> take(Owner owner) {
    List<Event.EipAllocated> its = allocated.stream().filter(e -> e.owner().equals(owner)).toList();
    allocated.removeAll(its);
    return its;
  }

  void clear() {
    allocated.clear();
  }
}
