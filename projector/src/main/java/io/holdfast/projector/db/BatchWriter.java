package io.holdfast.projector.db;

import io.holdfast.projector.db.Heads.Head;
import io.holdfast.projector.log.Entry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Writes batches, each in one transaction with its positions. A network whose events cannot be
 * written is stopped, at the very event; the others' are written.
 */
public final class BatchWriter {
  private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  private final Connection connection;
  private final Heads heads;
  private final Positions positions;

  public BatchWriter(Connection connection, Heads heads, Positions positions) {
    this.connection = connection;
    this.heads = heads;
    this.positions = positions;
  }

  /** What became of a batch. */
  public record Written(long events, List<Alarm> alarms, long stoppedNetworks) {}

  /**
   * @throws SQLException if the database cannot be used; nothing is known about the batch then
   * @throws Positions.MovedException if somebody else has written in between
   */
  public Written write(Batch batch) throws SQLException {
    Map<String, Head> before = heads.snapshot();
    Attempt attempt = new Attempt();
    try {
      attempt.run(batch.entries());
    } catch (ConflictException e) {
      attempt = carefully(batch.entries(), before);
    } catch (SQLException e) {
      if (!SqlStates.isRefusal(e)) {
        throw e;
      }
      attempt = carefully(batch.entries(), before);
    }
    heads.save(connection, attempt.touched);
    Alarms.insert(connection, attempt.alarms);
    positions.move(connection, batch.moves());
    connection.commit();
    return new Written(attempt.events, attempt.alarms, heads.stopped());
  }

  /** Once more, network by network, so that only the one at fault stops. */
  private Attempt carefully(List<Entry> entries, Map<String, Head> before) throws SQLException {
    connection.rollback();
    heads.restore(before);
    Map<String, List<Entry>> byNetwork = new LinkedHashMap<>();
    entries.forEach(e -> byNetwork.computeIfAbsent(e.network(), n -> new ArrayList<>()).add(e));
    Attempt all = new Attempt();
    for (List<Entry> own : byNetwork.values()) {
      all.add(longestPrefix(own));
    }
    return all;
  }

  /** Writes all that can be written before the first entry that is refused. */
  private Attempt longestPrefix(List<Entry> entries) throws SQLException {
    Attempt written = new Attempt();
    int good = 0;
    int bad = entries.size() + 1;
    // entries[0, good) are written, entries[0, bad) are refused; at first nobody knows.
    int middle = entries.size();
    String refusal = "";
    while (middle > good) {
      String why = tryPart(entries.subList(good, middle), written);
      if (why.isEmpty()) {
        good = middle;
      } else {
        bad = middle;
        refusal = why;
      }
      middle = bad > entries.size() ? entries.size() : (good + bad) / 2;
    }
    if (good < entries.size()) {
      written.refused(entries.get(good), refusal);
      written.add(after(entries.subList(good + 1, entries.size())));
    }
    return written;
  }

  /** Empty if it could be written; else why not, and nothing is. */
  private String tryPart(List<Entry> part, Attempt written) throws SQLException {
    Map<String, Head> before = heads.snapshot();
    Savepoint savepoint = connection.setSavepoint();
    Attempt attempt = new Attempt();
    try {
      attempt.run(part);
      connection.releaseSavepoint(savepoint);
      written.add(attempt);
      return "";
    } catch (ConflictException | SQLException e) {
      if (e instanceof SQLException sql && !SqlStates.isRefusal(sql)) {
        throw sql;
      }
      connection.rollback(savepoint);
      heads.restore(before);
      return String.valueOf(e.getMessage());
    }
  }

  /** What comes after the refused event: events are passed over, answers are taken. */
  private Attempt after(List<Entry> entries) throws SQLException {
    Attempt attempt = new Attempt();
    attempt.run(entries.stream().filter(e -> e instanceof Entry.OfOutcome).toList());
    return attempt;
  }

  /** A part of a transaction in the making. */
  private final class Attempt {
    private final Rows rows = new Rows();
    private final Set<String> touched = new TreeSet<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private long events;

    void run(List<Entry> entries) throws SQLException {
      for (Entry entry : entries) {
        switch (entry) {
          case Entry.OfEvent e -> event(e);
          case Entry.OfOutcome o -> rows.outcome(heads.of(connection, o.network()).id(), o);
          case Entry.Unreadable u -> unreadable(u);
        }
      }
      rows.write(connection);
    }

    private void event(Entry.OfEvent e) throws SQLException {
      Head head = heads.of(connection, e.network());
      if (head.isStopped()) {
        return;
      }
      String fault = Chain.fault(e, head.sequence(), head.at(), head.hash());
      if (fault != null) {
        alarm(
            head,
            new Alarm(Alarm.Kind.BROKEN_CHAIN, e.network(), e.meta().sequence(), e.place(), fault));
        return;
      }
      rows.event(head.id(), e);
      head.advance(e.meta().sequence(), e.meta().time(), e.hash(), e.meta().digest());
      touched.add(e.network());
      events++;
    }

    private void unreadable(Entry.Unreadable u) throws SQLException {
      boolean named = NETWORK.matcher(u.network()).matches();
      Alarm alarm =
          new Alarm(Alarm.Kind.UNREADABLE, named ? u.network() : "", 0, u.place(), u.fault());
      if (!alarm.stops()) {
        alarms.add(alarm);
        return;
      }
      Head head = heads.of(connection, u.network());
      if (!head.isStopped()) {
        alarm(head, alarm);
      }
    }

    private void alarm(Head head, Alarm alarm) {
      head.stop(alarm.message());
      touched.add(alarm.network());
      alarms.add(alarm);
    }

    /** The database, or this batch's own rows, refuse this one. */
    void refused(Entry entry, String why) throws SQLException {
      long sequence = entry instanceof Entry.OfEvent e ? e.meta().sequence() : 0;
      Alarm alarm =
          new Alarm(Alarm.Kind.CONFLICT, entry.network(), sequence, entry.place(), firstLines(why));
      if (alarm.stops()) {
        alarm(heads.of(connection, entry.network()), alarm);
      } else {
        alarms.add(alarm);
      }
    }

    void add(Attempt other) {
      touched.addAll(other.touched);
      alarms.addAll(other.alarms);
      events += other.events;
    }
  }

  /** Without PostgreSQL's "Where:", which is about our statement. */
  private static String firstLines(String message) {
    int where = message.indexOf("\n  Where:");
    return where < 0 ? message : message.substring(0, where);
  }
}
