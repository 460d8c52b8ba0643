package io.holdfast.projector.project;

import io.holdfast.projector.db.Alarm;
import io.holdfast.projector.db.AuditDatabase;
import io.holdfast.projector.db.Batch;
import io.holdfast.projector.db.BatchWriter;
import io.holdfast.projector.db.Heads;
import io.holdfast.projector.db.Positions;
import io.holdfast.projector.db.Reset;
import io.holdfast.projector.log.Consumers;
import io.holdfast.projector.log.Entry;
import io.holdfast.projector.log.EntryReader;
import io.holdfast.projector.log.LogScan;
import io.holdfast.wire.Contract;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to the database and one consumer, for as long as both work. */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration WAIT = Duration.ofMillis(100);

  /** Any number that nobody else locks in this database: "holdfast" in ASCII. */
  private static final long LOCK = 0x686f_6c64_6661_7374L;

  private final Consumers consumers;
  private final AuditDatabase database;
  private final EntryReader entries;
  private final ProjectorMetrics metrics;
  private final java.util.function.Consumer<Progress> progress;
  private volatile boolean stopping;
  private long events;

  Session(
      Consumers consumers,
      AuditDatabase database,
      EntryReader entries,
      ProjectorMetrics metrics,
      java.util.function.Consumer<Progress> progress) {
    this.consumers = consumers;
    this.database = database;
    this.entries = entries;
    this.metrics = metrics;
    this.progress = progress;
  }

  /** Ends {@link #run} after the batch it is at. */
  void stop() {
    stopping = true;
  }

  /**
   * Runs until {@link #stop}.
   *
   * @param rebuild what is made anew first; {@code done} is told when that need not be done again
   */
  void run(Rebuild rebuild, Runnable done) throws SQLException {
    try (Connection connection = database.writer();
        Consumer<byte[], byte[]> consumer = consumers.open();
        ExecutorService writer =
            Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("projector-writer").factory())) {
      lock(connection);
      database.migrate();
      List<TopicPartition> partitions = awaitPartitions(consumer);
      if (stopping) {
        return;
      }
      Map<TopicPartition, Long> beginning = consumer.beginningOffsets(partitions);
      if (rebuild.all()) {
        Reset.run(connection, beginning);
        done.run();
      }
      Positions positions = new Positions();
      Map<TopicPartition, Long> from = from(connection, positions, beginning, consumer);
      if (!rebuild.networks().isEmpty()) {
        connection.commit();
        rebuild(connection, rebuild, from);
        done.run();
      }
      Heads heads = Heads.load(connection);
      connection.commit();
      metrics.stopped(heads.stopped());
      BatchReader reader = new BatchReader(consumer, entries);
      reader.begin(from);
      follow(reader, new BatchWriter(connection, heads, positions), writer, beginning);
    }
  }

  private void rebuild(Connection connection, Rebuild rebuild, Map<TopicPartition, Long> from)
      throws SQLException {
    Map<Integer, Long> until = new HashMap<>();
    from.forEach((partition, offset) -> {
      if (partition.topic().equals(Contract.EVENTS)) {
        until.put(partition.partition(), offset);
      }
    });
    NetworkRebuild one = new NetworkRebuild(connection, new LogScan(consumers, entries));
    for (String network : rebuild.networks()) {
      LOG.info("network {} is made anew from the log", network);
      one.run(
          network,
          until,
          (done, total) -> progress.accept(new Progress(done, total + 1, events)),
          this::count);
    }
  }

  private void follow(
      BatchReader reader,
      BatchWriter to,
      ExecutorService writer,
      Map<TopicPartition, Long> beginning)
      throws SQLException {
    Future<?> writing = null;
    try {
      while (!stopping) {
        Batch batch = reader.next(WAIT);
        long done = sum(reader.at(), beginning);
        long lag = reader.lag();
        // The one before is written while this one is decoded.
        await(writing);
        writing = null;
        if (batch.entries().isEmpty()) {
          metrics.lag(lag);
          progress.accept(new Progress(done, done + lag, events));
        } else {
          writing =
              writer.submit(() -> {
                write(to, batch);
                metrics.lag(lag);
                progress.accept(new Progress(done, done + lag, events));
                return null;
              });
        }
      }
    } finally {
      await(writing);
    }
  }

  private void write(BatchWriter to, Batch batch) throws SQLException {
    long began = System.nanoTime();
    BatchWriter.Written written = to.write(batch);
    metrics.written(written.events(), System.nanoTime() - began);
    count(written);
    for (Entry entry : batch.entries().reversed()) {
      if (entry instanceof Entry.OfEvent e) {
        metrics.lastEvent(e.meta().time());
        break;
      }
    }
  }

  private void count(BatchWriter.Written written) {
    events += written.events();
    metrics.stopped(written.stoppedNetworks());
    for (Alarm alarm : written.alarms()) {
      metrics.alarm(alarm.kind());
      LOG.error(
          "ALARM {}: {} at {}{}: {}",
          alarm.kind(),
          alarm.network().isEmpty() ? "a record" : "network " + alarm.network(),
          alarm.place(),
          alarm.stops()
              ? "; its projection has stopped until it is rebuilt (--rebuild-network)"
              : "; it is passed over",
          alarm.message());
    }
  }

  private static void await(@Nullable Future<?> writing) throws SQLException {
    if (writing == null) {
      return;
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          writing.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          switch (e.getCause()) {
            case SQLException cause -> throw cause;
            case RuntimeException cause -> throw cause;
            case null, default -> throw new IllegalStateException(e.getCause());
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** One writer a database. The lock goes with the connection. */
  private static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
      row.next();
      boolean mine = row.getBoolean(1);
      connection.commit();
      if (!mine) {
        throw new SQLException("another projector is writing to it; waiting for that one to end");
      }
    }
  }

  private List<TopicPartition> awaitPartitions(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = BatchReader.partitions(consumer);
    while (partitions.isEmpty() && !stopping) {
      // The allocator makes the topics. A poll of nothing waits, and lets metadata come in.
      java.util.concurrent.locks.LockSupport.parkNanos(WAIT.toNanos());
      partitions = BatchReader.partitions(consumer);
    }
    return partitions;
  }

  private static Map<TopicPartition, Long> from(
      Connection connection,
      Positions positions,
      Map<TopicPartition, Long> beginning,
      Consumer<byte[], byte[]> consumer)
      throws SQLException {
    Map<TopicPartition, Long> known = positions.load(connection);
    Map<TopicPartition, Long> end = consumer.endOffsets(beginning.keySet());
    Map<TopicPartition, Long> from = new HashMap<>();
    Map<TopicPartition, Long> entered = new HashMap<>();
    beginning.forEach((partition, first) -> {
      long at = known.getOrDefault(partition, first);
      if (at > end.getOrDefault(partition, 0L)) {
        throw new IllegalStateException(
            partition
                + " ends at "
                + end.get(partition)
                + ", before the database's position "
                + at
                + ": was the topic cut or replaced? Nothing is projected; rebuild if the log is"
                + " right");
      }
      if (at < first) {
        LOG.warn("{} begins at {}: records from {} on were never projected", partition, first, at);
        at = first;
      }
      if (!known.containsKey(partition) || at != known.get(partition)) {
        entered.put(partition, at);
      }
      from.put(partition, at);
    });
    positions.begin(connection, entered);
    return from;
  }

  private static long sum(Map<TopicPartition, Long> at, Map<TopicPartition, Long> beginning) {
    long sum = 0;
    for (Map.Entry<TopicPartition, Long> e : at.entrySet()) {
      sum += e.getValue() - beginning.getOrDefault(e.getKey(), 0L);
    }
    return sum;
  }
}
