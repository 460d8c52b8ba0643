package io.holdfast.allocator.service;

import io.holdfast.allocator.topology.Partitions;
import io.holdfast.wire.NetworkHead;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;

/** The partitions worked on in this process. */
final class LocalPartitions implements Partitions {
  private final Progress progress;
  private final Map<Integer, Ready> ready = new ConcurrentHashMap<>();

  /**
   * Since when a partition is ready, epoch milliseconds.
   *
   * @param ahead the same in the time of those networks whose time was ahead of the clock
   */
  private record Ready(long since, Map<String, Long> ahead) {}

  private final Map<Integer, StampedLock> locks = new ConcurrentHashMap<>();

  LocalPartitions(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void ready(int partition, Map<String, NetworkHead> networks, long now) {
    networks.forEach((network, head) -> progress.advance(network, head.sequence(), head.hash()));
    Map<String, Long> ahead = new HashMap<>();
    networks.forEach((network, head) -> {
      if (head.time() > now) {
        ahead.put(network, head.time());
      }
    });
    ready.put(partition, new Ready(now, Map.copyOf(ahead)));
  }

  @Override
  public void closed(int partition) {
    ready.remove(partition);
  }

  @Override
  public StampedLock lock(int partition) {
    return locks.computeIfAbsent(partition, p -> new StampedLock());
  }

  boolean isReady(int partition) {
    return ready.containsKey(partition);
  }

  /**
   * When the network's partition became ready, in the network's time, epoch milliseconds; empty if
   * it is not.
   */
  OptionalLong readySince(int partition, String network) {
    Ready known = ready.get(partition);
    return known == null
        ? OptionalLong.empty()
        : OptionalLong.of(known.ahead().getOrDefault(network, known.since()));
  }

  Set<Integer> ready() {
    return Set.copyOf(ready.keySet());
  }
}
