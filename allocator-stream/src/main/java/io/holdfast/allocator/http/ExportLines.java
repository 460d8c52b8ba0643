package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.model.Lease;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.model.Terms;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.TreeMap;

/**
 * A network as lines that an import takes: what it is to have. What is on its way out (releasing,
 * cooling down, in quarantine) and what was seen is not part of it.
 */
final class ExportLines {

  private final State state;
  private final ArrayNode lines = Json.array();

  ExportLines(State state) {
    this.state = state;
  }

  ArrayNode all() {
    state
        .pools()
        .scan(
            "",
            TableId.LAST_NAME,
            (name, pool) -> {
              ObjectNode line = line("Pool").put("pool", name);
              line.setAll(ModelJson.pool(pool.spec()));
              return true;
            });
    state
        .gateways()
        .scan(
            "",
            TableId.LAST_NAME,
            (name, gateway) -> {
              if (!gateway.retiring()) {
                line("Gateway").put("gateway", name).setAll(ModelJson.gateway(gateway.spec()));
              }
              return true;
            });
    state
        .quotas()
        .scan(
            "",
            TableId.LAST_NAME,
            (tenant, quota) -> {
              line("Quota").put("tenant", tenant).put("limit", quota.limit());
              return true;
            });
    addresses(Phase.RESERVED);
    addresses(Phase.ALLOCATED);
    state
        .rules()
        .scan(
            new RuleKey(IpAddress.LOWEST, ""),
            new RuleKey(IpAddress.HIGHEST, TableId.LAST_NAME),
            (key, rule) -> {
              rule(key.ip(), rule);
              return true;
            });
    return lines;
  }

  private ObjectNode line(String kind) {
    return lines.addObject().put(LineKinds.KIND, kind);
  }

  private void addresses(Phase phase) {
    state
        .addresses()
        .scan(
            IpAddress.LOWEST,
            IpAddress.HIGHEST,
            (ip, address) -> {
              Tenancy tenancy = address.tenancy();
              if (phase == Phase.RESERVED && address.phase() == phase) {
                line("Reservation").put("ip", ip.toString());
              } else if (address.phase() == phase && tenancy != null) {
                eip(ip, tenancy);
              }
              return true;
            });
  }

  private void eip(IpAddress ip, Tenancy tenancy) {
    ObjectNode line = line("Eip").put("ip", ip.toString());
    line.set("owner", ModelJson.owner(tenancy.owner()));
    Json.putText(line, "gateway", tenancy.gateway());
    NodeBinding node = tenancy.node();
    Json.putText(line, "node", node == null ? null : node.node());
    Terms terms = tenancy.terms();
    Lease lease = terms.lease();
    line.put("leaseMs", lease == null ? 0 : lease.durationMs());
    if (!terms.tags().isEmpty()) {
      ObjectNode tags = line.putObject("tags");
      new TreeMap<>(terms.tags()).forEach(tags::put);
    }
    line.put("adopted", terms.adopted());
  }

  private void rule(IpAddress ip, Rule rule) {
    if (!rule.wanted()) {
      return;
    }
    String vpc = rule.spec().vpc();
    switch (rule.spec()) {
      case RuleSpec.Fip s ->
          line("Fip")
              .put("ip", ip.toString())
              .put("internalIp", s.internalIp().toString())
              .put("vpc", vpc);
      case RuleSpec.Dnat s ->
          line("Dnat")
              .put("ip", ip.toString())
              .put("protocol", s.protocol().name())
              .put("port", s.port())
              .put("internalIp", s.internalIp().toString())
              .put("internalPort", s.internalPort())
              .put("vpc", vpc);
      case RuleSpec.Snat s ->
          line("Snat")
              .put("ip", ip.toString())
              .put("source", s.source().toString())
              .put("vpc", vpc);
    }
  }
}
