package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Conflict;
import io.holdfast.domain.model.Lease;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Offer;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.model.Terms;
import io.holdfast.domain.view.EipView;
import java.util.TreeMap;

/** Addresses as JSON. */
final class EipJson {
  private EipJson() {}

  static ObjectNode of(EipView eip) {
    Address address = eip.address();
    ObjectNode node = Json.object().put("ip", eip.ip().toString());
    node.put("phase", ModelJson.phase(address.phase())).put("pool", address.pool());
    node.put("tenure", address.tenure()).put("revision", address.revision());
    Tenancy tenancy = address.tenancy();
    if (tenancy != null) {
      node.set("owner", ModelJson.owner(tenancy.owner()));
      NodeBinding on = tenancy.node();
      if (on != null) {
        node.put("node", on.node()).put("bootId", on.bootId());
      }
      Json.putText(node, "gateway", tenancy.gateway());
      Json.putTime(node, "since", tenancy.since());
      terms(node, tenancy.terms());
    }
    boolean hasDeadline = address.freeAt() != Address.NEVER;
    if (address.phase() == Phase.QUARANTINED) {
      Json.putTime(node, "quarantinedUntil", hasDeadline ? address.freeAt() : 0);
    } else {
      Json.putTime(node, "freeAt", address.freeAt());
    }
    node.put("ready", eip.ready()).put("retained", eip.retained());
    node.put("rulesLeft", address.rulesLeft());
    node.set("conditions", ModelJson.conditions(eip.conditions()));
    return node;
  }

  private static void terms(ObjectNode node, Terms terms) {
    Lease lease = terms.lease();
    if (lease != null) {
      node.put("leaseMs", lease.durationMs());
      Json.putTime(node, "leaseUntil", lease.expiresAt());
    }
    if (!terms.tags().isEmpty()) {
      ObjectNode tags = node.putObject("tags");
      new TreeMap<>(terms.tags()).forEach(tags::put);
    }
    Offer offer = terms.offer();
    if (offer != null) {
      Json.putTime(node.putObject("offer").put("tenant", offer.tenant()), "until", offer.until());
    }
    Conflict conflict = terms.conflict();
    if (conflict != null) {
      Json.putTime(node.putObject("conflict").put("by", conflict.by()), "since", conflict.since());
    }
    if (terms.adopted()) {
      node.put("adopted", true);
    }
  }
}
