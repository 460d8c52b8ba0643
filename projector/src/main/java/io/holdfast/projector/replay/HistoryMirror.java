package io.holdfast.projector.replay;

import io.holdfast.projector.history.Change;
import io.holdfast.projector.history.HistoryTable;
import io.holdfast.projector.history.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The history tables as the log makes them, on the heap. */
final class HistoryMirror {
  private static final int AT_ONCE = 1_000;

  private final Map<HistoryTable, Table> tables = new EnumMap<>(HistoryTable.class);

  private record Table(TreeMap<Long, Row> rows, Map<String, Row> open) {}

  /** The first row that differs, by the event that began it. */
  record Difference(long sequence, String message) {}

  void take(Row.Moment at, Change change) {
    Table table =
        tables.computeIfAbsent(change.table(), t -> new Table(new TreeMap<>(), new HashMap<>()));
    Row row = table.open().get(change.item());
    switch (change) {
      case Change.Begin begin -> {
        Row next = new Row(begin, at);
        table.rows().put(at.sequence(), next);
        table.open().put(begin.item(), next);
      }
      case Change.End end -> {
        if (row != null) {
          row.end(at, end.note());
        }
      }
      case Change.Gone gone -> {
        if (row != null) {
          row.gone(at, gone.note());
          table.open().remove(gone.item());
        }
      }
    }
  }

  @Nullable Difference compare(Connection connection, int network) throws SQLException {
    for (HistoryTable table : HistoryTable.values()) {
      Table mirror = tables.getOrDefault(table, new Table(new TreeMap<>(), new HashMap<>()));
      Difference difference = compare(connection, network, table, mirror.rows());
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private static @Nullable Difference compare(
      Connection connection, int network, HistoryTable table, Map<Long, Row> rows)
      throws SQLException {
    TreeMap<Long, Row> left = new TreeMap<>(rows);
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT from_seq, from_at, to_seq, to_at, gone_seq, gone_at, item, to_note, gone_note, "
                + String.join(", ", table.columns())
                + " FROM "
                + table.sqlName()
                + " WHERE network = ? ORDER BY from_seq")) {
      query.setFetchSize(AT_ONCE);
      query.setInt(1, network);
      try (ResultSet stored = query.executeQuery()) {
        while (stored.next()) {
          long sequence = stored.getLong(1);
          Map.Entry<Long, Row> next = left.pollFirstEntry();
          Row row = next == null ? null : next.getValue();
          if (row == null || row.from().sequence() != sequence) {
            long first = row == null ? sequence : Math.min(sequence, row.from().sequence());
            return new Difference(
                first,
                first == sequence
                    ? "has a row in " + table.sqlName() + " that this event did not begin"
                    : "lacks the row in " + table.sqlName() + " that this event began");
          }
          String field = differs(stored, network, table, row);
          if (field != null) {
            return new Difference(
                sequence,
                "has another "
                    + field
                    + " in the row of "
                    + table.sqlName()
                    + " that this event began");
          }
        }
      }
    }
    return left.isEmpty()
        ? null
        : new Difference(
            left.firstKey(), "lacks the row in " + table.sqlName() + " that this event began");
  }

  private static @Nullable String differs(
      ResultSet stored, int network, HistoryTable table, Row row) throws SQLException {
    Row.Moment to = row.to();
    Row.Moment gone = row.gone();
    if (!DatabaseCheck.same(stored.getTimestamp(2), row.from())) {
      return "from_at";
    }
    if (stored.getLong(3) != (to == null ? 0 : to.sequence())
        || !DatabaseCheck.same(stored.getTimestamp(4), to)
        || !Objects.equals(stored.getString(8), to == null ? null : row.toNote())) {
      return "end";
    }
    if (stored.getLong(5) != (gone == null ? 0 : gone.sequence())
        || !DatabaseCheck.same(stored.getTimestamp(6), gone)
        || !Objects.equals(stored.getString(9), gone == null ? null : row.goneNote())) {
      return "time of being gone";
    }
    if (!stored.getString(7).equals(network + " " + row.item())) {
      return "item";
    }
    for (int i = 0; i < table.columns().size(); i++) {
      if (!same(stored, 10 + i, table.types().get(i), row.values().get(i))) {
        return table.columns().get(i);
      }
    }
    return null;
  }

  private static boolean same(ResultSet stored, int column, String type, @Nullable Object value)
      throws SQLException {
    if (type.equals("timestamptz")) {
      return value instanceof Long at && stored.getTimestamp(column).getTime() == at;
    }
    if (type.equals("jsonb")) {
      return DatabaseCheck.sameJson(stored.getString(column), String.valueOf(value));
    }
    return Objects.equals(stored.getString(column), value == null ? null : value.toString());
  }
}
