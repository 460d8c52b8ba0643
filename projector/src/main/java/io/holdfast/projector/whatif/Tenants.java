package io.holdfast.projector.whatif;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Owner;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Tenants of whom the log knows: they asked for an address, had one, or had a quota. */
final class Tenants {
  private final Set<String> known = new TreeSet<>();

  Set<String> known() {
    return Collections.unmodifiableSet(known);
  }

  /** With an AllocateEip or AllocateBundle. */
  void asked(Command wish) {
    Wish.owners(wish).forEach(this::add);
  }

  void take(Event event) {
    switch (event) {
      case Event.AllocationQueued e -> add(e.request().owner());
      case Event.EipAllocated e -> add(e.owner());
      case Event.EipRestored e -> add(e.owner());
      case Event.EipAdopted e -> add(e.owner());
      case Event.EipTransferred e -> add(e.owner());
      case Event.QuotaSet e -> known.add(e.tenant());
      default -> {}
    }
  }

  private void add(Owner owner) {
    known.add(owner.tenant());
  }
}
