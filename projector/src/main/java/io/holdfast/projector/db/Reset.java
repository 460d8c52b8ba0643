package io.holdfast.projector.db;

import io.holdfast.projector.history.HistoryTable;
import io.holdfast.wire.Contract;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Empties what is about to be made again from the log. */
public final class Reset {
  private Reset() {}

  /**
   * The same for one network, whose position is that of others too: it stays.
   *
   * @throws IllegalStateException if there is no such network
   */
  public static void network(Connection connection, String network) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE network SET sequence = DEFAULT, at = NULL, hash = DEFAULT, digest = DEFAULT,"
                + " stopped_at = NULL, stopped_why = NULL WHERE name = ? RETURNING id")) {
      update.setString(1, network);
      try (ResultSet row = update.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("the database knows no network " + network);
        }
        delete(connection, "event", row.getInt(1));
        for (HistoryTable table : HistoryTable.values()) {
          delete(connection, table.sqlName(), row.getInt(1));
        }
      }
    }
    connection.commit();
  }

  private static void delete(Connection connection, String table, int network) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM " + table + " WHERE network = ?")) {
      delete.setInt(1, network);
      delete.executeUpdate();
    }
  }

  /**
   * In one transaction. Refusals that the outcomes topic no longer keeps stay, and so do alarms.
   *
   * @param beginning first offset of each partition
   */
  public static void run(Connection connection, Map<TopicPartition, Long> beginning)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE event, position");
      for (HistoryTable table : HistoryTable.values()) {
        statement.execute("TRUNCATE " + table.sqlName());
      }
      statement.execute(
          "UPDATE network SET sequence = DEFAULT, at = NULL, hash = DEFAULT, digest = DEFAULT,"
              + " stopped_at = NULL, stopped_why = NULL");
    }
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM refusal WHERE \"partition\" = ? AND \"offset\" >= ?")) {
      for (Map.Entry<TopicPartition, Long> e : beginning.entrySet()) {
        if (e.getKey().topic().equals(Contract.OUTCOMES)) {
          delete.setInt(1, e.getKey().partition());
          delete.setLong(2, e.getValue());
          delete.executeUpdate();
        }
      }
    }
    new Positions().begin(connection, beginning);
    connection.commit();
  }
}
