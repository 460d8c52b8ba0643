package io.holdfast.projector.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.net.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Events and refusals as they were. */
final class Events {
  static final String COLUMNS =
      """
      e.sequence, e.at, e.type, e.ip, e.gateway, e.node, e.actor, e.reason, e.cause_kind AS "causeKind",
      e.cause, encode(e.hash, 'hex') AS hash, lpad(to_hex(e.digest), 16, '0') AS digest, e.payload AS event\
      """;

  private final Handle handle;
  private final int network;

  Events(Handle handle, int network) {
    this.handle = handle;
    this.network = network;
  }

  List<ObjectNode> ofIp(IpAddress ip, Page page) {
    return list(" AND e.ip = :subject::inet", ip.toString(), page);
  }

  List<ObjectNode> ofGateway(String gateway, Page page) {
    return list(" AND e.gateway = :subject", gateway, page);
  }

  private List<ObjectNode> list(String which, String subject, Page page) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + " FROM event e WHERE e.network = :network"
                + which
                + " AND e.sequence > :after ORDER BY e.sequence LIMIT :limit")
        .bind("network", network)
        .bind("subject", subject)
        .bind("after", page.afterSequence())
        .bind("limit", page.limit() + 1)
        .map(new JsonRow())
        .list();
  }

  /** The events of an owner's addresses while it had them. */
  List<ObjectNode> ofOwner(OwnerFilter owner, Page page) {
    Query query =
        handle.createQuery(
            "SELECT "
                + COLUMNS
                + " FROM event e WHERE e.network = :network AND e.sequence > :after"
                + " AND e.ip IS NOT NULL AND EXISTS (SELECT FROM tenure t WHERE"
                + " t.network = e.network AND t.ip = e.ip AND t.from_seq <= e.sequence"
                + " AND (t.gone_seq IS NULL OR t.gone_seq >= e.sequence) AND t.tenant = :tenant"
                + owner.and("t")
                + ") ORDER BY e.sequence LIMIT :limit");
    owner.bind(query);
    return query
        .bind("network", network)
        .bind("after", page.afterSequence())
        .bind("limit", page.limit() + 1)
        .map(new JsonRow())
        .list();
  }

  /** Addresses that something happened to in (from, to]. */
  List<String> touched(Instant from, Instant to, Page page) {
    return handle
        .createQuery(
            "SELECT DISTINCT ip FROM event WHERE network = :network AND at > :from AND at <= :to"
                + " AND ip IS NOT NULL AND (:after = '' OR ip > :after::inet) ORDER BY ip LIMIT :limit")
        .bind("network", network)
        .bind("from", from)
        .bind("to", to)
        .bind("after", page.after())
        .bind("limit", page.limit() + 1)
        .map((row, context) -> row.getString(1))
        .list();
  }

  /** All events in [from, to), one after the other; never all in memory. */
  void export(Instant from, Instant to, Consumer<ObjectNode> taker) {
    handle.useTransaction(transaction -> {
      try (Query query =
          transaction.createQuery(
              "SELECT "
                  + COLUMNS
                  + " FROM event e WHERE e.network = :network AND e.at >= :from AND e.at < :to"
                  + " ORDER BY e.at, e.sequence")) {
        query
            .bind("network", network)
            .bind("from", from)
            .bind("to", to)
            .setFetchSize(1_000)
            .map(new JsonRow())
            .forEach(taker);
      }
    });
  }

  /**
   * Refused commands, the latest first.
   *
   * @param code null: any
   * @param actor null: anybody's
   */
  List<ObjectNode> refused(
      Instant from, Instant to, @Nullable String code, @Nullable String actor, Page page) {
    long skip = page.afterSequence();
    return handle
        .createQuery(
            """
            SELECT at, command, command_id AS "commandId", actor, code, message, field, value, allowed,
              nullif(details, '{}'::jsonb) AS details, nullif(repeated, false) AS repeated,
              nullif(dry_run, false) AS "dryRun", sequence, "partition", "offset"
            FROM refusal WHERE network = :network AND at >= :from AND at < :to
              AND (:code::text IS NULL OR code = :code) AND (:actor::text IS NULL OR actor = :actor)
            ORDER BY at DESC, "partition" DESC, "offset" DESC OFFSET :skip LIMIT :limit
            """)
        .bind("network", network)
        .bind("from", from)
        .bind("to", to)
        .bind("code", code)
        .bind("actor", actor)
        .bind("skip", skip)
        .bind("limit", page.limit() + 1)
        .map(new JsonRow())
        .list();
  }
}
