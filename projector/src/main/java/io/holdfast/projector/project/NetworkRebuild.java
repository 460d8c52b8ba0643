package io.holdfast.projector.project;

import io.holdfast.projector.db.Batch;
import io.holdfast.projector.db.BatchWriter;
import io.holdfast.projector.db.Heads;
import io.holdfast.projector.db.Positions;
import io.holdfast.projector.db.Reset;
import io.holdfast.projector.log.Entry;
import io.holdfast.projector.log.LogScan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one network anew from the log, up to where the database is with all the others, so that it
 * goes on with them from there. If that is cut off, the network's next event does not fit and stops
 * it: it is rebuilt again.
 */
final class NetworkRebuild {
  private static final int AT_ONCE = 5_000;

  private final Connection connection;
  private final LogScan log;

  NetworkRebuild(Connection connection, LogScan log) {
    this.connection = connection;
    this.log = log;
  }

  /**
   * @param until by partition of the events: the first offset that is not read
   * @param written is told what became of each batch
   * @throws IllegalStateException if the database does not know the network
   */
  void run(
      String network,
      Map<Integer, Long> until,
      LogScan.Progress progress,
      Consumer<BatchWriter.Written> written)
      throws SQLException {
    Reset.network(connection, network);
    BatchWriter writer = new BatchWriter(connection, Heads.load(connection), new Positions());
    List<Entry> some = new ArrayList<>(AT_ONCE);
    AtomicReference<@Nullable SQLException> failed = new AtomicReference<>();
    log.events(
        Optional.of(network),
        progress,
        entry -> {
          if (entry.place().offset() >= until.getOrDefault(entry.place().partition(), 0L)) {
            return false;
          }
          some.add(entry);
          if (some.size() == AT_ONCE) {
            failed.set(write(writer, some, written));
          }
          return failed.get() == null;
        });
    if (failed.get() == null && !some.isEmpty()) {
      failed.set(write(writer, some, written));
    }
    SQLException failure = failed.get();
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable SQLException write(
      BatchWriter writer, List<Entry> some, Consumer<BatchWriter.Written> written) {
    try {
      written.accept(writer.write(new Batch(List.copyOf(some), Map.of())));
      some.clear();
      return null;
    } catch (SQLException e) {
      return e;
    }
  }
}
