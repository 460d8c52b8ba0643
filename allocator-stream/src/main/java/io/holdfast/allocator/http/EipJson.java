package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.view.EipView;

/** Addresses as JSON. */
final class EipJson {
  private EipJson() {}

  static ObjectNode of(EipView eip) {
    Address address = eip.address();
    ObjectNode node = Json.object().put("ip", eip.ip().toString());
    node.put("phase", ModelJson.phase(address.phase())).put("pool", address.pool());
    node.put("tenure", address.tenure());
    Tenancy tenancy = address.tenancy();
    if (tenancy != null) {
      node.set("owner", ModelJson.owner(tenancy.owner()));
      NodeBinding on = tenancy.node();
      if (on != null) {
        node.put("node", on.node()).put("bootId", on.bootId());
      }
      Json.putText(node, "gateway", tenancy.gateway());
      Json.putTime(node, "since", tenancy.since());
    }
    Json.putTime(node, "freeAt", address.freeAt());
    node.put("ready", eip.ready()).put("retained", eip.retained());
    node.put("rulesLeft", address.rulesLeft());
    node.set("conditions", ModelJson.conditions(eip.conditions()));
    return node;
  }
}
