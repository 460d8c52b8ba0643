package io.holdfast.projector.replay;

import io.holdfast.projector.db.AuditDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The audit database as it was at one moment, whatever the projector does meanwhile. */
public final class DatabaseSnapshot implements AutoCloseable {
  private final Connection connection;
  private final Map<String, Head> heads;

  private record Head(int id, long sequence) {}

  private DatabaseSnapshot(Connection connection, Map<String, Head> heads) {
    this.connection = connection;
    this.heads = heads;
  }

  public static DatabaseSnapshot open(AuditDatabase database) throws SQLException {
    Connection connection = DriverManager.getConnection(database.jdbcUrl());
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    // The first question makes the snapshot.
    Map<String, Head> heads = new HashMap<>();
    try (PreparedStatement query =
            connection.prepareStatement("SELECT name, id, sequence FROM network");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        heads.put(rows.getString(1), new Head(rows.getInt(2), rows.getLong(3)));
      }
    }
    return new DatabaseSnapshot(connection, heads);
  }

  /** What it has of a network is compared, event by event. */
  DatabaseCheck of(String network) {
    Head head = heads.getOrDefault(network, new Head(0, 0));
    return new DatabaseCheck(connection, network, head.id(), head.sequence());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
