package io.holdfast.projector.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Who had what at a moment. Every look-up is one descent of a B-tree. */
final class WhoHad {
  /** A tenure with the events that began and ended it: who decided, and why. */
  private static final String TENURE =
      """
      SELECT t.ip, t.tenure, t.pool, t.tenant AS "owner.tenant", t.kind AS "owner.kind",
        t.namespace AS "owner.namespace", t.name AS "owner.name", t.uid AS "owner.uid", t.node,
        CASE WHEN t.to_at IS NULL OR t.to_at > :at THEN 'Allocated' ELSE 'Releasing' END AS phase,
        t.from_at AS since, t.to_at AS until, t.gone_at AS "goneAt",
        t.from_seq AS "began.sequence", b.actor AS "began.actor", b.reason AS "began.reason",
        b.cause_kind AS "began.causeKind", b.cause AS "began.cause",
        t.to_seq AS "ended.sequence", e.actor AS "ended.actor", e.reason AS "ended.reason",
        t.to_note AS "ended.why", t.restores
      FROM tenure t
        JOIN event b ON b.network = t.network AND b.sequence = t.from_seq
        LEFT JOIN event e ON e.network = t.network AND e.sequence = t.to_seq
      """;

  /** Removed rules too, marked as leaving, until they were surely gone: traffic may have passed. */
  private static final String RULES =
      """
      SELECT r.ip, r.rule, r.kind, r.vpc, r.target, r.protocol, r.port, r.inside, r.inside_port AS "insidePort",
        r.tenure, r.from_at AS since, r.to_at AS until, CASE WHEN r.to_at <= :at THEN true END AS leaving,
        r.from_seq AS "began.sequence", b.actor AS "began.actor", r.to_seq AS "ended.sequence"
      FROM rule_tenure r JOIN event b ON b.network = r.network AND b.sequence = r.from_seq
      WHERE r.network = :network AND r.from_at <= :at AND (r.gone_at IS NULL OR r.gone_at > :at)
      """;

  private final Handle handle;
  private final int network;
  private final Instant at;

  WhoHad(Handle handle, int network, Instant at) {
    this.handle = handle;
    this.network = network;
    this.at = at;
  }

  private Query query(String sql) {
    return handle.createQuery(sql).bind("network", network).bind("at", at);
  }

  /**
   * The tenure that the address was in, released but not yet surely gone ones too; null if none.
   */
  @Nullable ObjectNode tenure(IpAddress ip) {
    // The last one that had begun; whether it was over is seen then.
    ObjectNode last =
        query(
                TENURE
                    + " WHERE t.network = :network AND t.ip = :ip::inet AND t.from_at <= :at"
                    + " ORDER BY t.from_at DESC, t.from_seq DESC LIMIT 1")
            .bind("ip", ip.toString())
            .map(new JsonRow())
            .findOne()
            .orElse(null);
    boolean over =
        last == null
            || (last.has("goneAt") && !Instant.parse(last.path("goneAt").asText()).isAfter(at));
    return over ? null : last;
  }

  /** What the address was if nobody had it. */
  ObjectNode unheld(IpAddress ip) {
    return query(
            """
            (SELECT ip, 'CoolingDown' AS phase, from_at AS since, to_at AS until, free_at AS "freeAt",
               NULL AS why, from_seq AS "began.sequence", to_seq AS "ended.sequence"
             FROM cooldown WHERE network = :network AND ip = :ip::inet AND from_at <= :at
               AND (to_at IS NULL OR to_at > :at) LIMIT 1)
            UNION ALL
            (SELECT ip, 'Quarantined', from_at, to_at, NULL, why, from_seq, to_seq
             FROM quarantine WHERE network = :network AND ip = :ip::inet AND from_at <= :at
               AND (to_at IS NULL OR to_at > :at) LIMIT 1)
            """)
        .bind("ip", ip.toString())
        .map(new JsonRow())
        .findFirst()
        .orElseGet(
            () -> JsonRow.JSON.createObjectNode().put("ip", ip.toString()).put("phase", "Free"));
  }

  /**
   * The rules of an address, those that take traffic to a port first.
   *
   * @param protocol null: of all
   */
  List<ObjectNode> rules(IpAddress ip, @Nullable String protocol, @Nullable Integer port) {
    String of =
        protocol == null
            ? ""
            : " AND (r.kind = 'Fip' OR (r.kind = 'Dnat' AND r.protocol = :protocol AND r.port = :port))";
    Query query = query(RULES + " AND r.ip = :ip::inet" + of + " ORDER BY r.kind, r.from_seq");
    query.bind("ip", ip.toString());
    if (protocol != null) {
      query.bind("protocol", protocol).bind("port", port);
    }
    return query.map(new JsonRow()).list();
  }

  /** The rules that an internal address was behind, the longest prefix first. */
  List<ObjectNode> behind(
      IpAddress inside, @Nullable String protocol, @Nullable Integer port, @Nullable String vpc) {
    List<String> prefixes = new ArrayList<>();
    for (int length = inside.family().bits(); length >= 0; length--) {
      prefixes.add(Cidr.around(inside, length).toString());
    }
    String[] all = prefixes.toArray(String[]::new);
    Query query =
        query(
            RULES
                + " AND r.inside = ANY(:inside::inet[])"
                + " AND (:vpc::text IS NULL OR r.vpc = :vpc)"
                + " AND (:protocol::text IS NULL OR r.kind <> 'Dnat'"
                + " OR (r.protocol = :protocol AND r.inside_port = :port))"
                + " ORDER BY masklen(r.inside) DESC, r.kind, r.from_seq");
    query.bindArray("inside", String.class, (Object[]) all).bind("vpc", vpc);
    return query.bind("protocol", protocol).bind("port", port).map(new JsonRow()).list();
  }

  /** The tenures of an owner or a tenant, by address. */
  List<ObjectNode> owned(OwnerFilter owner, Page page) {
    Query query =
        query(
            TENURE
                + " WHERE t.network = :network AND t.tenant = :tenant"
                + owner.and("t")
                + " AND t.from_at <= :at AND (t.to_at IS NULL OR t.to_at > :at)"
                + " AND (:after = '' OR t.ip > :after::inet) ORDER BY t.ip LIMIT :limit");
    owner.bind(query);
    return query
        .bind("after", page.after())
        .bind("limit", page.limit() + 1)
        .map(new JsonRow())
        .list();
  }

  /** The tenures of the addresses that a gateway was to carry, by address. */
  List<ObjectNode> on(String gateway, Page page) {
    return query(
            TENURE
                + " JOIN attachment a ON a.network = t.network AND a.tenure = t.tenure"
                + " WHERE a.network = :network AND a.gateway = :gateway AND a.from_at <= :at"
                + " AND (a.to_at IS NULL OR a.to_at > :at)"
                + " AND (:after = '' OR a.ip > :after::inet) ORDER BY a.ip LIMIT :limit")
        .bind("gateway", gateway)
        .bind("after", page.after())
        .bind("limit", page.limit() + 1)
        .map(new JsonRow())
        .list();
  }

  /** The whole answer about one address. */
  ObjectNode of(IpAddress ip, @Nullable String protocol, @Nullable Integer port) {
    ObjectNode tenure = tenure(ip);
    if (tenure == null) {
      return unheld(ip);
    }
    ArrayNode rules = tenure.putArray("rules");
    rules(ip, protocol, port).forEach(rules::add);
    return tenure;
  }
}
