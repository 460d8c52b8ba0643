package io.holdfast.projector.history;

import java.util.List;

/** The tables whose rows hold from one event to another. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are of List.of
public enum HistoryTable {
  TENURE(
      "tenure",
      "ip inet",
      "tenure bigint",
      "pool text",
      "tenant text",
      "kind text",
      "namespace text",
      "name text",
      "uid text",
      "node text",
      "boot_id text",
      "restores bigint"),
  COOLDOWN("cooldown", "ip inet", "tenure bigint", "free_at timestamptz"),
  QUARANTINE("quarantine", "ip inet", "pool text", "why text"),
  ATTACHMENT(
      "attachment",
      "ip inet",
      "tenure bigint",
      "gateway text",
      "prefix_length int",
      "epoch bigint"),
  RULE(
      "rule_tenure",
      "ip inet",
      "tenure bigint",
      "rule text",
      "kind text",
      "vpc text",
      "target text",
      "protocol text",
      "port int",
      "inside inet",
      "inside_port int",
      "exclusive text"),
  READINESS(
      "readiness",
      "ip inet",
      "tenure bigint",
      "rule text",
      "gateway text",
      "epoch bigint",
      "revision bigint",
      "observation bigint"),
  PLACEMENT("gateway_placement", "gateway text", "node text", "epoch bigint", "cause text"),
  POOL("pool_version", "pool text", "spec jsonb");

  private final String sqlName;
  private final List<String> columns;
  private final List<String> types;

  HistoryTable(String sqlName, String... columns) {
    this.sqlName = sqlName;
    this.columns = List.of(columns).stream().map(c -> c.substring(0, c.indexOf(' '))).toList();
    this.types = List.of(columns).stream().map(c -> c.substring(c.indexOf(' ') + 1)).toList();
  }

  public String sqlName() {
    return sqlName;
  }

  /** Their types, as SQL spells them. */
  public List<String> types() {
    return types;
  }

  /** The columns of its own, in the order of {@link Change.Begin#values()}. */
  public List<String> columns() {
    return columns;
  }
}
