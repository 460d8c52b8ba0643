package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.state.TableId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.InstantSource;

/**
 * What concerns a node: the gateways that run there, may run there, or may have left something
 * there; and how long ago the node was last heard of. A node that was never heard of is answered
 * too: its agent asks before it says anything.
 */
final class NodeGatewayResource {
  private final AllocatorApi api;
  private final InstantSource clock;

  /**
   * @param clock the one that heartbeats are counted by
   */
  NodeGatewayResource(AllocatorApi api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.get("/v1/networks/{network}/nodes/{node}/gateways", gate.to(this::list));
  }

  private void list(Context ctx, String network) {
    Params.only(ctx);
    String node = Params.name(ctx, "node");
    Answers.ok(ctx, api.read(network, view -> answer(view, node)));
  }

  private ObjectNode answer(View view, String name) {
    ObjectNode answer = Json.object().put("sequence", view.head().sequence()).put("node", name);
    Node node = view.state().nodes().get(name);
    if (node != null) {
      answer.put("bootId", node.bootId()).put("up", node.up());
    }
    Long heard = view.state().lastSeen().get(name);
    if (heard != null) {
      // A time on this clock is of no use to a node with another one; how long ago it was, is.
      answer.put("contactAgeMs", Math.max(0, clock.millis() - heard));
    }
    ArrayNode items = answer.putArray("items");
    view.state()
        .gateways()
        .scan(
            "",
            TableId.LAST_NAME,
            (gateway, found) -> {
              add(items, gateway, found, name);
              return true;
            });
    return answer;
  }

  private static void add(ArrayNode items, String name, Gateway gateway, String node) {
    ObjectNode item = Json.object().put("gateway", name).put("epoch", gateway.epoch());
    boolean current = gateway.isOn(node);
    ArrayNode unfenced = item.putArray("unfenced");
    for (GatewayInstance i : gateway.unfenced()) {
      if (i.node().equals(node)) {
        unfenced.add(i.epoch());
      }
    }
    boolean candidate = !gateway.retiring() && gateway.spec().candidates().contains(node);
    if (current || candidate || !unfenced.isEmpty()) {
      item.put("current", current).put("candidate", candidate).put("active", gateway.isActive());
      item.put("revision", gateway.revision());
      Json.putText(item, "instance", current ? gateway.instance() : null);
      item.put("fenceAfterMs", gateway.spec().fenceAfterMs());
      items.add(item);
    }
  }
}
