package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.GatewaySpec;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.OwnerCheckPolicy;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.model.Probe;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.model.Seen;
import io.holdfast.domain.view.Condition;
import java.util.List;
import java.util.TreeMap;

/** Parts of the model as JSON. */
final class ModelJson {
  private ModelJson() {}

  /** Phases as the API spells them. */
  static String phase(Phase phase) {
    return switch (phase) {
      case FREE -> "Free";
      case ALLOCATED -> "Allocated";
      case RELEASING -> "Releasing";
      case COOLING_DOWN -> "CoolingDown";
      case QUARANTINED -> "Quarantined";
      case RESERVED -> "Reserved";
    };
  }

  static ObjectNode owner(Owner owner) {
    return Json.object()
        .put("tenant", owner.tenant())
        .put("kind", owner.kind())
        .put("namespace", owner.namespace())
        .put("name", owner.name())
        .put("uid", owner.uid());
  }

  static ArrayNode conditions(List<Condition> conditions) {
    ArrayNode all = Json.array();
    for (Condition c : conditions) {
      ObjectNode node = all.addObject();
      node.put("type", c.type().name()).put("status", c.status().name());
      node.put("reason", c.reason()).put("message", c.message());
      Json.putTime(node, "since", c.since());
      node.put("observedRevision", c.observedRevision());
    }
    return all;
  }

  static ObjectNode pool(PoolSpec spec) {
    ObjectNode node = Json.object().put("family", spec.family().name());
    spec.ranges().forEach(node.putArray("ranges")::add);
    spec.exclusions().forEach(node.putArray("exclusions")::add);
    Json.putText(node, "subnet", spec.subnet() == null ? null : spec.subnet().toString());
    Json.putText(
        node,
        "gatewayAddress",
        spec.gatewayAddress() == null ? null : spec.gatewayAddress().toString());
    node.put("cooldownMs", spec.cooldownMs());
    ObjectNode labels = node.putObject("labels");
    new TreeMap<>(spec.labels()).forEach(labels::put);
    OwnerCheckPolicy check = spec.ownerCheck();
    node.putObject("ownerCheck")
        .put("confirmations", check.confirmations())
        .put("overMs", check.overMs())
        .put("retryMinMs", check.retryMinMs())
        .put("retryMaxMs", check.retryMaxMs());
    return node.put("policy", spec.policy().name())
        .put("crossTenantCooldownMs", spec.crossTenantCooldownMs())
        .put("priority", spec.priority())
        .put("optIn", spec.optIn())
        .put("leaseMs", spec.leaseMs())
        .put("probationMs", spec.probationMs());
  }

  static ObjectNode gateway(GatewaySpec spec) {
    ObjectNode node = Json.object();
    spec.candidates().forEach(node.putArray("candidates")::add);
    return node.put("failover", spec.failover().name())
        .put("fenceAfterMs", spec.fenceAfterMs())
        .put("probeThreshold", spec.probeThreshold())
        .put("holdDownMs", spec.holdDownMs());
  }

  static ObjectNode probe(Probe probe) {
    ObjectNode node = Json.object().put("failures", probe.failures());
    Json.putTime(node, "since", probe.since());
    return node.put("detail", probe.detail());
  }

  static ObjectNode carriage(Carriage c) {
    ObjectNode node =
        Json.object()
            .put("gateway", c.gateway())
            .put("prefixLength", c.prefixLength())
            .put("wanted", c.wanted())
            .put("revision", c.revision())
            .put("fromEpoch", c.fromEpoch())
            .put("toEpoch", c.toEpoch());
    Seen seen = c.seen();
    if (seen != null) {
      node.putObject("seen")
          .put("epoch", seen.epoch())
          .put("revision", seen.revision())
          .put("observation", seen.observation())
          .put("present", seen.present());
    }
    return node;
  }

  /** Kind, target and the fields of the kind, as in the commands. */
  static void rule(ObjectNode node, RuleSpec spec) {
    node.put("rule", spec.id()).put("kind", spec.getClass().getSimpleName());
    node.put("target", spec.target()).put("vpc", spec.vpc());
    switch (spec) {
      case RuleSpec.Fip fip -> node.put("internalIp", fip.internalIp().toString());
      case RuleSpec.Dnat dnat ->
          node.put("protocol", dnat.protocol().name())
              .put("port", dnat.port())
              .put("internalIp", dnat.internalIp().toString())
              .put("internalPort", dnat.internalPort());
      case RuleSpec.Snat snat -> node.put("source", snat.source().toString());
    }
  }
}
