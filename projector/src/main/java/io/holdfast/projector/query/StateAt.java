package io.holdfast.projector.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** All addresses that were not free at a moment, with gateway, readiness and rules. */
final class StateAt {
  private static final String HELD =
      """
      WITH line AS (
        SELECT t.ip, t.pool, CASE WHEN t.to_at IS NULL OR t.to_at > :at THEN 'Allocated' ELSE 'Releasing' END AS phase,
          t.tenure, t.tenant, t.kind, t.namespace, t.name, t.uid, t.from_at AS since, t.from_seq AS seq, NULL::text AS why
        FROM tenure t WHERE t.network = :network AND t.from_at <= :at AND (t.gone_at IS NULL OR t.gone_at > :at) %1$s
        UNION ALL
        SELECT t.ip, h.pool, 'CoolingDown', t.tenure, NULL, NULL, NULL, NULL, NULL, t.from_at, t.from_seq, NULL
        FROM cooldown t LEFT JOIN tenure h ON h.network = t.network AND h.from_seq = t.tenure
        WHERE t.network = :network AND t.from_at <= :at AND (t.to_at IS NULL OR t.to_at > :at) %1$s
        UNION ALL
        SELECT t.ip, t.pool, 'Quarantined', NULL, NULL, NULL, NULL, NULL, NULL, t.from_at, t.from_seq, t.why
        FROM quarantine t WHERE t.network = :network AND t.from_at <= :at AND (t.to_at IS NULL OR t.to_at > :at) %1$s
      ), page AS (SELECT * FROM line WHERE (:pool::text IS NULL OR pool = :pool)
          AND (:after = '' OR ip > :after::inet) ORDER BY ip LIMIT :limit)
      SELECT p.ip, p.pool, p.phase, p.tenure, p.tenant AS "owner.tenant", p.kind AS "owner.kind",
        p.namespace AS "owner.namespace", p.name AS "owner.name", p.uid AS "owner.uid", p.since, p.why,
        a.gateway, g.node, g.epoch, r.from_seq IS NOT NULL AS ready,
        (SELECT json_agg(json_build_object('rule', x.rule, 'target', x.target, 'vpc', x.vpc, 'inside', host(x.inside),
            'sequence', x.from_seq) ORDER BY x.rule)
          FROM rule_tenure x WHERE x.network = :network AND x.ip = p.ip AND x.from_at <= :at
            AND (x.to_at IS NULL OR x.to_at > :at)) AS rules,
        p.seq AS "events.began", a.from_seq AS "events.attached", r.from_seq AS "events.ready"
      FROM page p
        LEFT JOIN LATERAL (SELECT * FROM attachment a WHERE a.network = :network AND a.ip = p.ip
          AND a.from_at <= :at AND (a.to_at IS NULL OR a.to_at > :at) LIMIT 1) a ON true
        LEFT JOIN LATERAL (SELECT * FROM gateway_placement g WHERE g.network = :network AND g.gateway = a.gateway
          AND g.from_at <= :at AND (g.to_at IS NULL OR g.to_at > :at) LIMIT 1) g ON true
        LEFT JOIN LATERAL (SELECT * FROM readiness r WHERE r.network = :network AND r.ip = p.ip AND r.rule = ''
          AND r.from_at <= :at AND (r.to_at IS NULL OR r.to_at > :at) AND r.gateway = a.gateway
          AND r.epoch = g.epoch LIMIT 1) r ON true
      ORDER BY p.ip
      """;

  private final Handle handle;
  private final int network;

  StateAt(Handle handle, int network) {
    this.handle = handle;
    this.network = network;
  }

  List<ObjectNode> page(Instant at, @Nullable String pool, Page page) {
    return ask(HELD.formatted(""), at, pool, page.after(), page.limit() + 1)
        .map(new JsonRow())
        .list();
  }

  /** Of these addresses only. */
  List<ObjectNode> of(Instant at, List<String> ips) {
    if (ips.isEmpty()) {
      return List.of();
    }
    return ask(HELD.formatted(" AND t.ip = ANY(:ips::inet[])"), at, null, "", ips.size())
        .bindArray("ips", String.class, ips.toArray())
        .map(new JsonRow())
        .list();
  }

  private Query ask(String sql, Instant at, @Nullable String pool, String after, int limit) {
    return handle
        .createQuery(sql)
        .bind("network", network)
        .bind("at", at)
        .bind("pool", pool)
        .bind("after", after)
        .bind("limit", limit);
  }

  /** Where the gateways ran. */
  List<ObjectNode> gateways(Instant at) {
    return handle
        .createQuery(
            "SELECT gateway, node, epoch, cause, from_at AS since, from_seq AS sequence"
                + " FROM gateway_placement WHERE network = :network AND from_at <= :at"
                + " AND (to_at IS NULL OR to_at > :at) ORDER BY gateway")
        .bind("network", network)
        .bind("at", at)
        .map(new JsonRow())
        .list();
  }

  /** What the pools were defined as. */
  List<ObjectNode> pools(Instant at) {
    return handle
        .createQuery(
            "SELECT pool, spec, from_at AS since, from_seq AS sequence FROM pool_version"
                + " WHERE network = :network AND from_at <= :at AND (to_at IS NULL OR to_at > :at)"
                + " ORDER BY pool")
        .bind("network", network)
        .bind("at", at)
        .map(new JsonRow())
        .list();
  }
}
