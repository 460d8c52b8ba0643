package io.holdfast.allocator.topology;

import io.holdfast.allocator.store.HeldRows;
import java.util.function.Consumer;

/**
 * Records that came while the stores were not in step with the log. Their input positions commit
 * with the portions of the recovery, so they are kept in a store, and worked off in order after it.
 */
final class HeldRecords {
  private final HeldRows rows;
  private long next;

  HeldRecords(HeldRows rows) {
    this.rows = rows;
    this.next = rows.end();
  }

  void hold(Incoming record) {
    rows.put(next++, record.held());
  }

  /** Hands all over, in order, and forgets them. */
  void release(Consumer<Incoming> to) {
    rows.all()
        .forEach((number, held) -> {
          rows.remove(number);
          to.accept(Incoming.of(held));
        });
  }
}
