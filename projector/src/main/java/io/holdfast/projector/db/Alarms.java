package io.holdfast.projector.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The alarm table. */
final class Alarms {
  private Alarms() {}

  static void insert(Connection connection, List<Alarm> alarms) throws SQLException {
    if (alarms.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO alarm (network, sequence, topic, \"partition\", \"offset\", kind, message)"
                + " VALUES (?, nullif(?, 0), ?, ?, ?, ?, ?)")) {
      for (Alarm alarm : alarms) {
        insert.setString(1, alarm.network().isEmpty() ? null : alarm.network());
        insert.setLong(2, alarm.sequence());
        insert.setString(3, alarm.place().topic());
        insert.setInt(4, alarm.place().partition());
        insert.setLong(5, alarm.place().offset());
        insert.setString(6, alarm.kind().name());
        insert.setString(7, alarm.message().replace((char) 0, (char) 0xfffd));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
