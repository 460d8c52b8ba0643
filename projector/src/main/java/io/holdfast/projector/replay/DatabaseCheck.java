package io.holdfast.projector.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.projector.history.EventHistory;
import io.holdfast.projector.history.EventJson;
import io.holdfast.projector.history.Row;
import io.holdfast.projector.log.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares one network of the database with the log: its events, then its history tables. */
final class DatabaseCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_ONCE = 1_000;

  private final Connection connection;
  private final String network;
  private final int id;
  private final long until;
  private final HistoryMirror mirror = new HistoryMirror();
  private @Nullable PreparedStatement query;
  private @Nullable ResultSet events;
  private boolean exhausted;

  /**
   * @param until how far the database says it is
   */
  DatabaseCheck(Connection connection, String network, int id, long until) {
    this.connection = connection;
    this.network = network;
    this.id = id;
    this.until = until;
  }

  /** The event up to which the database is compared. */
  long at() {
    return until;
  }

  /** The next event of the log; what the database has else, or null. */
  @Nullable Fault take(Entry.OfEvent e) {
    if (e.meta().sequence() > until || exhausted) {
      return null;
    }
    Row.Moment moment = new Row.Moment(e.meta().sequence(), e.meta().time());
    EventHistory.of(e.event(), change -> mirror.take(moment, change));
    try {
      String differs = compare(e);
      if (differs == null) {
        return null;
      }
      exhausted = true;
      return new Fault(
          network, e.meta().sequence(), e.place(), Fault.Kind.DATABASE, "the database " + differs);
    } catch (SQLException broken) {
      throw new IllegalStateException(
          "the audit database cannot be read: " + broken.getMessage(), broken);
    }
  }

  private @Nullable String compare(Entry.OfEvent e) throws SQLException {
    ResultSet row = events();
    if (!row.next() || row.getLong(1) != e.meta().sequence()) {
      return "does not have it";
    }
    if (!e.hash().toString().equals(row.getString(2))) {
      return "has it with the hash " + row.getString(2);
    }
    if (row.getLong(3) != e.meta().digest()) {
      return "has it with the digest " + Folding.hex(row.getLong(3));
    }
    if (row.getTimestamp(4).getTime() != e.meta().time()) {
      return "has it at " + row.getTimestamp(4).toInstant();
    }
    String type = e.event().getClass().getSimpleName();
    if (!type.equals(row.getString(5))
        || !stored(e.meta().actor()).equals(row.getString(6))
        || !stored(e.meta().reason()).equals(row.getString(7))
        || !stored(e.meta().cause()).equals(row.getString(8))
        || row.getLong(10) != e.place().offset()) {
      return "has it with another type, actor, reason, cause or place";
    }
    String payload = EventJson.text(e.event());
    return sameJson(row.getString(9), payload)
        ? null
        : "has it as " + row.getString(9) + ", the log as " + payload;
  }

  static boolean sameJson(String a, String b) {
    try {
      return JSON.readTree(a).equals(JSON.readTree(b));
    } catch (JsonProcessingException broken) {
      return false;
    }
  }

  /** As PostgreSQL takes it. */
  private static String stored(String text) {
    return text.replace((char) 0, (char) 0xfffd);
  }

  private ResultSet events() throws SQLException {
    ResultSet open = events;
    if (open != null) {
      return open;
    }
    PreparedStatement statement =
        connection.prepareStatement(
            "SELECT sequence, encode(hash, 'hex'), digest, at, type, actor, reason, cause,"
                + " payload, \"offset\" FROM event WHERE network = ? ORDER BY sequence");
    statement.setFetchSize(AT_ONCE);
    statement.setInt(1, id);
    query = statement;
    open = statement.executeQuery();
    events = open;
    return open;
  }

  /**
   * No more events come.
   *
   * @param logged the log's last event
   */
  @Nullable Fault end(long logged) throws SQLException {
    if (until > logged) {
      return fault(logged + 1, "is at event " + until + ", and the log ends at event " + logged);
    }
    boolean more = events().next();
    long extra = more ? events().getLong(1) : 0;
    if (query != null) {
      query.close();
    }
    if (more) {
      return fault(extra, "has this event beyond its own position " + until);
    }
    HistoryMirror.Difference difference = mirror.compare(connection, id);
    return difference == null ? null : fault(difference.sequence(), difference.message());
  }

  private Fault fault(long sequence, String message) {
    return new Fault(network, sequence, null, Fault.Kind.DATABASE, "the database " + message);
  }

  static boolean same(@Nullable Timestamp stored, Row.@Nullable Moment moment) {
    return Objects.equals(
        stored == null ? null : stored.getTime(), moment == null ? null : moment.at());
  }
}
