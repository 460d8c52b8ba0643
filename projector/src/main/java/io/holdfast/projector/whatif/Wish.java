package io.holdfast.projector.whatif;

import io.holdfast.domain.command.BundleItem;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.projector.log.Entry;
import java.util.List;

/** An AllocateEip or AllocateBundle with its answer. */
record Wish(Entry.OfOutcome answer, Command command) {
  String id() {
    return answer.meta().commandId();
  }

  /** Of the network's last event when it was answered. */
  long sequence() {
    return switch (answer.outcome()) {
      case Outcome.Accepted a -> a.sequence();
      case Outcome.Rejected r -> r.sequence();
    };
  }

  /** Whether this tenure is of the answer. */
  boolean has(long tenure) {
    return answer.outcome() instanceof Outcome.Accepted a
        && a.grants().stream().anyMatch(grant -> grant.tenure() == tenure);
  }

  Demand.Asked asked() {
    var meta = answer.meta();
    return new Demand.Asked(meta.time(), id(), meta.actor(), command, answer.outcome());
  }

  static boolean isOne(Command command) {
    return command instanceof Command.AllocateEip || command instanceof Command.AllocateBundle;
  }

  /** Who is to get the addresses. */
  static List<Owner> owners(Command wish) {
    return switch (wish) {
      case Command.AllocateEip c -> List.of(c.owner());
      case Command.AllocateBundle c ->
          c.items().stream().map(BundleItem::request).map(r -> r.owner()).toList();
      default -> List.of();
    };
  }
}
