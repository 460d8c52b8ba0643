package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.view.DesiredPart;
import io.holdfast.domain.view.DesiredState;

/** A desired state, or a part of one, as JSON. */
final class DesiredJson {
  private DesiredJson() {}

  /**
   * @param since the sequence number of the state that this is to be applied to
   */
  static ObjectNode part(DesiredPart part, long since) {
    ObjectNode node = whole(part.state()).put("since", since);
    ArrayNode touched = node.putArray("touched");
    part.touched().forEach(ip -> touched.add(ip.toString()));
    return node;
  }

  static ObjectNode whole(DesiredState d) {
    ObjectNode node = Json.object().put("gateway", d.gateway()).put("node", d.node());
    node.put("instance", d.instance()).put("epoch", d.epoch()).put("revision", d.revision());
    node.put("held", d.held());
    ArrayNode addresses = node.putArray("addresses");
    d.addresses()
        .forEach(a ->
            addresses
                .addObject()
                .put("ip", a.ip().toString())
                .put("prefixLength", a.prefixLength())
                .put("tenure", a.tenure())
                .put("revision", a.revision()));
    ArrayNode rules = node.putArray("rules");
    d.rules()
        .forEach(r -> {
          ObjectNode rule = rules.addObject().put("ip", r.ip().toString());
          rule.put("tenure", r.tenure()).put("revision", r.revision());
          ModelJson.rule(rule, r.spec());
        });
    ArrayNode waiting = node.putArray("waiting");
    d.waiting()
        .forEach(w ->
            waiting
                .addObject()
                .put("ip", w.ip().toString())
                .put("prefixLength", w.prefixLength())
                .put("tenure", w.tenure())
                .put("reason", w.reason()));
    ArrayNode withdraw = node.putArray("withdraw");
    d.withdraw()
        .forEach(w ->
            withdraw
                .addObject()
                .put("ip", w.ip().toString())
                .put("prefixLength", w.prefixLength())
                .put("tenure", w.tenure())
                .put("rule", w.rule())
                .put("reason", w.reason().name()));
    return node.put("fenceAfterMs", d.fenceAfterMs());
  }
}
