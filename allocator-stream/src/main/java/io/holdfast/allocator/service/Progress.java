package io.holdfast.allocator.service;

import io.holdfast.wire.NetworkHead;
import io.holdfast.wire.Sha256;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How far each network's log is committed, as read from the log itself; lets threads wait for it.
 *
 * <p>A number alone does not say that an event is committed: after a rollback another event gets
 * it. Its hash does.
 */
final class Progress {
  /** Events of all networks whose hash is kept; the last one of each network is kept anyway. */
  private static final int KEPT = 20_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Network> networks = new HashMap<>();
  private final Map<Place, Sha256> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Sha256> eldest) {
          return size() > KEPT;
        }
      };

  private record Place(String network, long sequence) {}

  private static final class Network {
    private final Condition advanced;
    private long sequence;
    private Sha256 hash = Sha256.ZERO;

    Network(Condition advanced) {
      this.advanced = advanced;
    }
  }

  /** What is known of an event. */
  enum Standing {
    COMMITTED,
    /** Another event has its number, or it is so long ago that nobody knows: look again. */
    REPLACED,
    /** It may still be committed or rolled back. */
    OPEN
  }

  private Network network(String name) {
    return networks.computeIfAbsent(name, n -> new Network(lock.newCondition()));
  }

  /** An event is committed, and so are all before it. */
  void advance(String name, long sequence, Sha256 hash) {
    lock.lock();
    try {
      Network network = network(name);
      if (sequence > network.sequence) {
        network.sequence = sequence;
        network.hash = hash;
        recent.put(new Place(name, sequence), hash);
        network.advanced.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until it is decided whether the network's log goes through {@code head}; {@link
   * Standing#OPEN} if it is not within the time.
   *
   * @param nanos how long at most
   */
  Standing await(String name, NetworkHead head, long nanos) throws InterruptedException {
    if (head.sequence() == 0) {
      return Standing.COMMITTED;
    }
    lock.lockInterruptibly();
    try {
      if (!reaches(name, head.sequence(), nanos)) {
        return Standing.OPEN;
      }
      Sha256 committed = hash(name, head.sequence());
      return committed != null && committed.equals(head.hash())
          ? Standing.COMMITTED
          : Standing.REPLACED;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Sha256 hash(String name, long sequence) {
    Network network = network(name);
    return network.sequence == sequence ? network.hash : recent.get(new Place(name, sequence));
  }

  /**
   * Waits until the network has a committed event after {@code sequence}; false if it has not
   * within the time.
   */
  boolean awaitAfter(String name, long sequence, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return reaches(name, sequence + 1, nanos);
    } finally {
      lock.unlock();
    }
  }

  private boolean reaches(String name, long sequence, long nanos) throws InterruptedException {
    Network network = network(name);
    long left = nanos;
    while (network.sequence < sequence) {
      if (left <= 0) {
        return false;
      }
      left = network.advanced.awaitNanos(left);
    }
    return true;
  }
}
