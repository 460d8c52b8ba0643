package io.holdfast.allocator.service;

import io.holdfast.allocator.topology.Partitions;
import io.holdfast.wire.NetworkHead;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;

/** The partitions worked on in this process. */
final class LocalPartitions implements Partitions {
  private final Progress progress;
  private final Map<Integer, Long> ready = new ConcurrentHashMap<>();
  private final Map<Integer, StampedLock> locks = new ConcurrentHashMap<>();

  LocalPartitions(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void ready(int partition, Map<String, NetworkHead> networks, long now) {
    networks.forEach((network, head) -> progress.advance(network, head.sequence(), head.hash()));
    ready.put(partition, now);
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

  /** When the partition became ready, epoch milliseconds; empty if it is not. */
  OptionalLong readySince(int partition) {
    Long since = ready.get(partition);
    return since == null ? OptionalLong.empty() : OptionalLong.of(since);
  }

  Set<Integer> ready() {
    return Set.copyOf(ready.keySet());
  }
}
