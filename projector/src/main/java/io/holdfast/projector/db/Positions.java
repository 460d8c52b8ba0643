package io.holdfast.projector.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where reading goes on, as the database has it. */
public final class Positions {
  /** Another projector writes to this database. */
  public static final class MovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MovedException(TopicPartition partition, long expected) {
      super(
          "the position of "
              + partition
              + " is no longer "
              + expected
              + ": another projector writes to this database");
    }
  }

  /** All that are known. */
  public Map<TopicPartition, Long> load(Connection connection) throws SQLException {
    Map<TopicPartition, Long> all = new HashMap<>();
    try (PreparedStatement query =
            connection.prepareStatement("SELECT topic, \"partition\", next_offset FROM position");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        all.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
      }
    }
    return all;
  }

  /** Enters positions of partitions that are new. */
  public void begin(Connection connection, Map<TopicPartition, Long> at) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO position (topic, \"partition\", next_offset) VALUES (?, ?, ?)"
                + " ON CONFLICT (topic, \"partition\")"
                + " DO UPDATE SET next_offset = excluded.next_offset")) {
      for (Map.Entry<TopicPartition, Long> e : at.entrySet()) {
        insert.setString(1, e.getKey().topic());
        insert.setInt(2, e.getKey().partition());
        insert.setLong(3, e.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Moves on, if nobody else has. */
  void move(Connection connection, Map<TopicPartition, Batch.Move> moves) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE position SET next_offset = ?"
                + " WHERE topic = ? AND \"partition\" = ? AND next_offset = ?")) {
      for (Map.Entry<TopicPartition, Batch.Move> e : moves.entrySet()) {
        update.setLong(1, e.getValue().to());
        update.setString(2, e.getKey().topic());
        update.setInt(3, e.getKey().partition());
        update.setLong(4, e.getValue().from());
        if (update.executeUpdate() != 1) {
          throw new MovedException(e.getKey(), e.getValue().from());
        }
      }
    }
  }
}
