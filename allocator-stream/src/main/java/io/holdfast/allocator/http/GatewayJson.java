package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.model.Drift;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.view.GatewayConditions;
import io.holdfast.domain.view.Lens;

/** Gateways as JSON. */
final class GatewayJson {
  private static final int DRIFTS = 100;

  private GatewayJson() {}

  static ObjectNode of(Lens lens, String name, Gateway gateway) {
    ObjectNode node = Json.object().put("gateway", name).put("epoch", gateway.epoch());
    Json.putText(node, "node", gateway.node());
    Json.putText(node, "instance", gateway.instance());
    node.put("revision", gateway.revision()).put("active", gateway.isActive());
    node.put("retiring", gateway.retiring()).put("retired", gateway.isRetired());
    Json.putTime(node, "placedAt", gateway.placedAt());
    ObjectNode definition = ModelJson.gateway(gateway.spec());
    node.set("candidates", definition.path("candidates").deepCopy());
    node.set("definition", definition);
    ArrayNode unfenced = node.putArray("unfenced");
    for (GatewayInstance i : gateway.unfenced()) {
      ObjectNode instance = unfenced.addObject().put("epoch", i.epoch()).put("node", i.node());
      instance.put("replacedAt", i.replacedAt()).put("leaseMs", i.leaseMs());
      Json.putTime(instance, "fenceAt", i.fenceAt());
    }
    if (gateway.probe() != null) {
      node.set("probe", ModelJson.probe(gateway.probe()));
    }
    node.set("conditions", ModelJson.conditions(GatewayConditions.of(lens, name, gateway)));
    return node;
  }

  /** The first drifts of a gateway. */
  static ArrayNode drifts(State state, String gateway) {
    ArrayNode all = Json.array();
    state
        .drifts()
        .scan(
            DriftKey.first(gateway),
            DriftKey.last(gateway),
            (key, value) -> {
              Drift drift = value;
              ObjectNode node = all.addObject().put("ip", key.ip().toString());
              node.put("node", key.node());
              node.put("prefixLength", drift.prefixLength()).put("epoch", drift.epoch());
              Json.putTime(node, "since", drift.since());
              node.put("elsewhere", drift.elsewhere());
              return all.size() < DRIFTS;
            });
    return all;
  }
}
