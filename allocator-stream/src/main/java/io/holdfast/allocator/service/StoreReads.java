package io.holdfast.allocator.service;

import io.holdfast.allocator.service.AllocatorApi.UnavailableException;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.allocator.store.Layout;
import io.holdfast.allocator.store.NetworkRows;
import io.holdfast.allocator.store.Rows;
import io.holdfast.allocator.store.StoreState;
import io.holdfast.allocator.topology.NetworkName;
import io.holdfast.wire.Codec;
import io.holdfast.wire.NetworkHead;
import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the stores for queries: between two decisions, and only what is committed. */
final class StoreReads {
  private static final Logger LOG = LoggerFactory.getLogger(StoreReads.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final Duration REPLACED_PAUSE = Duration.ofMillis(5);
  private static final int OPTIMISTIC_READS = 3;

  private final KafkaStreams streams;
  private final Codec codec;
  private final Layout layout;
  private final LocalPartitions partitions;
  private final Progress progress;
  private final int partitionCount;
  private final Duration limit;

  /**
   * @param limit how long what was seen may take to be committed
   */
  StoreReads(
      KafkaStreams streams,
      Codec codec,
      LocalPartitions partitions,
      Progress progress,
      int partitionCount,
      Duration limit) {
    this.streams = streams;
    this.codec = codec;
    this.layout = new Layout(codec);
    this.partitions = partitions;
    this.progress = progress;
    this.partitionCount = partitionCount;
    this.limit = limit;
  }

  /**
   * What a reader makes of a network's state, once all that it saw is committed.
   *
   * @throws UnavailableException if the partition is not worked on here, or nothing is committed
   *     within the time
   */
  <T> T read(String network, Function<View, T> reader) {
    int partition = NetworkName.partition(network, partitionCount);
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (true) {
        if (!partitions.isReady(partition)) {
          throw new UnavailableException(
              "partition " + partition + " is not ready on this instance");
        }
        Seen<T> seen = consistent(network, partition, reader);
        long left = deadline - System.nanoTime();
        // What was seen may be rolled back, and then never be committed: look again now and then.
        switch (progress.await(network, seen.head(), Math.min(left, LOOK_AGAIN.toNanos()))) {
          case COMMITTED -> {
            return seen.result();
          }
          case REPLACED -> LockSupport.parkNanos(REPLACED_PAUSE.toNanos()); // the stores follow
          case OPEN -> {}
        }
        if (left <= 0) {
          throw new UnavailableException(
              "event "
                  + seen.head().sequence()
                  + " of "
                  + network
                  + " was not committed within "
                  + limit.toSeconds()
                  + " s");
        }
      }
    } catch (InvalidStateStoreException e) {
      throw new UnavailableException(
          "the stores of partition " + partition + " are being moved", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted", e);
    }
  }

  private record Seen<T>(T result, NetworkHead head) {}

  /**
   * Reads between two decisions, never in the middle of one; after a few tries it holds the next
   * one up.
   */
  private <T> Seen<T> consistent(String network, int partition, Function<View, T> reader) {
    StampedLock lock = partitions.lock(partition);
    for (int i = 0; i < OPTIMISTIC_READS; i++) {
      long stamp = lock.tryOptimisticRead();
      if (stamp != 0) {
        try {
          Seen<T> seen = look(network, partition, reader);
          if (lock.validate(stamp)) {
            return seen;
          }
        } catch (RuntimeException e) {
          // A state that was read half before and half after a decision may make a reader fail.
          if (lock.validate(stamp)) {
            throw e;
          }
        }
      }
    }
    long stamp = lock.readLock();
    try {
      return look(network, partition, reader);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  private <T> Seen<T> look(String network, int partition, Function<View, T> reader) {
    NetworkHead head = new NetworkRows(codec, rows(Layout.NETWORKS, partition)).get(network);
    NetworkHead known = head == null ? NetworkHead.START : head;
    StoreState state = new StoreState(layout, network, name -> rows(name, partition));
    return new Seen<>(reader.apply(new View(state, known)), known);
  }

  private Rows rows(String store, int partition) {
    ReadOnlyKeyValueStore<Bytes, byte[]> opened =
        streams.store(
            StoreQueryParameters.fromNameAndType(
                    store, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                .withPartition(partition));
    return Rows.readOnly(opened);
  }

  /** The networks of the partitions that are worked on here, as far as they are committed. */
  SortedMap<String, NetworkHead> networks() {
    SortedMap<String, NetworkHead> all = new TreeMap<>();
    for (int partition : partitions.ready()) {
      try {
        Set<String> names = new NetworkRows(codec, rows(Layout.NETWORKS, partition)).all().keySet();
        names.forEach(network -> all.put(network, read(network, View::head)));
      } catch (InvalidStateStoreException | UnavailableException e) {
        if (partitions.isReady(partition)) {
          throw e;
        }
        LOG.debug("partition {} is being moved", partition, e);
      }
    }
    // The first event of a network may have been rolled back.
    all.values().removeIf(head -> head.sequence() == 0);
    return all;
  }
}
