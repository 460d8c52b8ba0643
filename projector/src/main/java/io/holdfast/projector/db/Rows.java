package io.holdfast.projector.db;

import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.projector.history.Change;
import io.holdfast.projector.history.EventHistory;
import io.holdfast.projector.history.EventJson;
import io.holdfast.projector.history.HistoryTable;
import io.holdfast.projector.history.Row.Moment;
import io.holdfast.projector.history.Subjects;
import io.holdfast.projector.log.Entry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** Rows of all tables that one transaction, or one part of it, will write. */
final class Rows {
  private static final String EVENT =
      "event (network, sequence, at, type, ip, gateway, node, actor, reason, cause_kind, cause,"
          + " \"partition\", \"offset\", hash, digest, payload)";
  private static final String REFUSAL =
      "refusal (\"partition\", \"offset\", network, sequence, at, command_id, command, actor,"
          + " repeated, dry_run, code, message, field, value, allowed, details)";

  private final CopyText events = new CopyText();
  private final CopyText refusals = new CopyText();
  private final Map<HistoryTable, RowBuffer> history = new EnumMap<>(HistoryTable.class);

  /**
   * @throws ConflictException if it does not go with what is here already
   */
  void event(int network, Entry.OfEvent e) {
    Moment moment = new Moment(e.meta().sequence(), e.meta().time());
    EventHistory.of(e.event(), change -> change(network, moment, change));
    Subjects about = Subjects.of(e.event());
    events
        .add(network)
        .add(e.meta().sequence())
        .time(e.meta().time())
        .add(e.event().getClass().getSimpleName())
        .add(about.ip() == null ? null : about.ip().toString())
        .add(about.gateway())
        .add(about.node())
        .add(e.meta().actor())
        .add(e.meta().reason())
        .add(e.meta().causeKind().name())
        .add(e.meta().cause())
        .add(e.place().partition())
        .add(e.place().offset())
        .bytes(e.hash().toBytes())
        .add(e.meta().digest())
        .add(EventJson.text(e.event()))
        .endRow();
  }

  private void change(int network, Moment moment, Change change) {
    history.computeIfAbsent(change.table(), RowBuffer::new).take(network, moment, change);
  }

  /** Accepted commands show in their events; only refusals are rows. */
  void outcome(int network, Entry.OfOutcome o) {
    if (!(o.outcome() instanceof Outcome.Rejected rejected)) {
      return;
    }
    Refusal why = rejected.refusal();
    refusals
        .add(o.place().partition())
        .add(o.place().offset())
        .add(network)
        .add(rejected.sequence())
        .time(o.meta().time())
        .add(o.meta().commandId())
        .add(o.meta().command())
        .add(o.meta().actor())
        .add(Boolean.toString(o.meta().repeated()))
        .add(Boolean.toString(o.meta().dryRun()))
        .add(why.code().name())
        .add(why.message())
        .add(why.field())
        .add(why.value())
        .add(why.allowed())
        .add(EventJson.text(why.details()))
        .endRow();
  }

  void write(Connection connection) throws SQLException {
    events.send(connection, EVENT);
    for (RowBuffer buffer : history.values()) {
      buffer.write(connection);
    }
    refusals.send(connection, REFUSAL);
  }
}
