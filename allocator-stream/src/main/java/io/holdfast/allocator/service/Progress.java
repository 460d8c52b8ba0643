package io.holdfast.allocator.service;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far each network's log is committed, as read from the log itself; lets threads wait for it.
 */
final class Progress {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Network> networks = new HashMap<>();

  private static final class Network {
    private final Condition advanced;
    private long sequence;

    Network(Condition advanced) {
      this.advanced = advanced;
    }
  }

  private Network network(String name) {
    return networks.computeIfAbsent(name, n -> new Network(lock.newCondition()));
  }

  void advance(String name, long sequence) {
    lock.lock();
    try {
      Network network = network(name);
      if (sequence > network.sequence) {
        network.sequence = sequence;
        network.advanced.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  long committed(String name) {
    lock.lock();
    try {
      Network network = networks.get(name);
      return network == null ? 0 : network.sequence;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the network is committed up to {@code sequence}; false if it is not within the
   * time.
   *
   * @param nanos how long at most
   */
  boolean await(String name, long sequence, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Network network = network(name);
      long left = nanos;
      while (network.sequence < sequence) {
        if (left <= 0) {
          return false;
        }
        left = network.advanced.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
