package io.holdfast.allocator.topology;

import io.holdfast.allocator.topology.Ledger.Cause;
import io.holdfast.domain.decide.Decision;
import io.holdfast.wire.NetworkHead;
import java.util.List;
import java.util.concurrent.locks.StampedLock;

/** Puts down what was decided: its events in the log, its changes in the stores. */
final class Register {
  private final Ledger ledger;
  private final Books books;
  private final Outbox outbox;
  private final Meters meters;
  private final StampedLock lock;

  /**
   * @param lock held for writing while stores change, so that a query never sees half a decision
   */
  Register(Ledger ledger, Books books, Outbox outbox, Meters meters, StampedLock lock) {
    this.ledger = ledger;
    this.books = books;
    this.outbox = outbox;
    this.meters = meters;
    this.lock = lock;
  }

  /** The events as the log will have them. Nothing is changed yet. */
  List<Ledger.Line> write(Network network, Decision<?> decision, Cause cause) {
    return ledger.write(network.name(), network.head(), decision.events(), cause);
  }

  /** Applies and sends what was decided and written. Nothing here throws. */
  void commit(Network network, Decision<?> decision, List<Ledger.Line> lines) {
    locked(() -> {
      if (!lines.isEmpty()) {
        books.advance(network, NetworkHead.of(decision.head(), lines.getLast().hash()));
      }
      decision.changes().apply();
    });
    byte[] key = network.key();
    for (Ledger.Line line : lines) {
      outbox.event(key, line);
    }
    decision.events().forEach(e -> meters.event(e.event().getClass().getSimpleName()));
  }

  /** Has stores changed. */
  void locked(Runnable change) {
    long stamp = lock.writeLock();
    try {
      change.run();
    } finally {
      lock.unlockWrite(stamp);
    }
  }
}
