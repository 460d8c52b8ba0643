package io.holdfast.projector.db;

import io.holdfast.projector.history.Change;
import io.holdfast.projector.history.HistoryTable;
import io.holdfast.projector.history.Row;
import io.holdfast.projector.history.Row.Moment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one history table within one transaction. What begins and ends in the same batch is
 * written once; what began earlier is ended by one statement for all.
 */
final class RowBuffer {
  private record Held(int network, String key, Row row) {}

  private record Mark(Moment at, String note) {}

  private final HistoryTable table;
  private final Map<String, Held> live = new LinkedHashMap<>();
  private final List<Held> done = new ArrayList<>();
  private final Map<String, Mark> ends = new LinkedHashMap<>();
  private final Map<String, Mark> goings = new LinkedHashMap<>();
  private final String into;

  RowBuffer(HistoryTable table) {
    this.table = table;
    this.into =
        table.sqlName()
            + " (network, item, from_seq, from_at, to_seq, to_at, to_note,"
            + " gone_seq, gone_at, gone_note, "
            + String.join(", ", table.columns())
            + ")";
  }

  void take(int network, Moment at, Change change) {
    String key = network + " " + change.item();
    Held held = live.get(key);
    Row row = held == null ? null : held.row();
    switch (change) {
      case Change.Begin begin -> {
        if (row != null) {
          throw new ConflictException(
              table.sqlName()
                  + ": "
                  + begin.item()
                  + " is already there, since event "
                  + row.from().sequence());
        }
        live.put(key, new Held(network, key, new Row(begin, at)));
      }
      case Change.End end -> {
        if (row != null) {
          row.end(at, end.note());
        } else {
          ends.putIfAbsent(key, new Mark(at, end.note()));
        }
      }
      case Change.Gone gone -> {
        if (held != null) {
          held.row().gone(at, gone.note());
          live.remove(key);
          done.add(held);
        } else {
          goings.putIfAbsent(key, new Mark(at, gone.note()));
        }
      }
    }
  }

  /** Ends before beginnings: an item may have both. */
  void write(Connection connection) throws SQLException {
    mark(
        connection,
        ends,
        "to_seq = u.seq, to_at = u.at, to_note = u.note",
        "t.to_seq IS NULL AND t.gone_seq IS NULL");
    mark(
        connection,
        goings,
        "to_seq = coalesce(t.to_seq, u.seq), to_at = coalesce(t.to_at, u.at),"
            + " to_note = coalesce(t.to_note, u.note),"
            + " gone_seq = u.seq, gone_at = u.at, gone_note = u.note",
        "t.gone_seq IS NULL");
    insert(connection);
  }

  private void mark(Connection connection, Map<String, Mark> marks, String set, String where)
      throws SQLException {
    if (marks.isEmpty()) {
      return;
    }
    int n = marks.size();
    String[] items = new String[n];
    Long[] sequences = new Long[n];
    Long[] times = new Long[n];
    String[] notes = new String[n];
    int i = 0;
    for (Map.Entry<String, Mark> e : marks.entrySet()) {
      items[i] = e.getKey();
      sequences[i] = e.getValue().at().sequence();
      times[i] = e.getValue().at().at();
      notes[i++] = e.getValue().note().replace((char) 0, (char) 0xfffd);
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE "
                + table.sqlName()
                + " t SET "
                + set
                + " FROM (SELECT seq, timestamptz 'epoch' + ms * interval '1 ms' AS at, note, k.ctid"
                + " FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[])"
                + " AS v(item, seq, ms, note),"
                // One look into the index of what is not gone for each: a planner without
                // statistics would rather compare all with all.
                + " LATERAL (SELECT x.ctid FROM "
                + table.sqlName()
                + " x WHERE x.item = v.item AND x.gone_seq IS NULL LIMIT 1) k) u"
                + " WHERE t.ctid = u.ctid AND "
                + where)) {
      update.setArray(1, connection.createArrayOf("text", items));
      update.setArray(2, connection.createArrayOf("int8", sequences));
      update.setArray(3, connection.createArrayOf("int8", times));
      update.setArray(4, connection.createArrayOf("text", notes));
      update.executeUpdate();
    }
    marks.clear();
  }

  private void insert(Connection connection) throws SQLException {
    done.addAll(live.values());
    live.clear();
    if (done.isEmpty()) {
      return;
    }
    CopyText copy = new CopyText();
    for (Held held : done) {
      Row row = held.row();
      copy.add(held.network()).add(held.key());
      moment(copy, row.from());
      moment(copy, row.to());
      copy.add(row.to() == null ? null : row.toNote());
      moment(copy, row.gone());
      copy.add(row.gone() == null ? null : row.goneNote());
      List<@Nullable Object> values = row.values();
      for (int i = 0; i < values.size(); i++) {
        Object value = values.get(i);
        if (value instanceof Long at && table.types().get(i).equals("timestamptz")) {
          copy.time(at);
        } else {
          copy.add(value == null ? null : value.toString());
        }
      }
      copy.endRow();
    }
    done.clear();
    copy.send(connection, into);
  }

  private static void moment(CopyText copy, @Nullable Moment moment) {
    if (moment == null) {
      copy.nothing().nothing();
    } else {
      copy.add(moment.sequence()).time(moment.at());
    }
  }
}
