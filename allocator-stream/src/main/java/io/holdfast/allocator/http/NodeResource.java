package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.state.State;

/** Nodes. */
final class NodeResource {
  private NodeResource() {}

  static NamedResource<Node> of(AllocatorApi api) {
    return new NamedResource<>(
        api,
        "nodes",
        "node",
        Params::name,
        State::nodes,
        NodeResource::json,
        (network, name) ->
            ProblemException.notFound(
                "NodeUnknown", "no report of node " + name + " came in network " + network));
  }

  private static ObjectNode json(View view, String name, Node node) {
    ObjectNode json = Json.object().put("node", name).put("bootId", node.bootId());
    json.put("up", node.up());
    Json.putTime(json, "since", node.since());
    Long lastSeen = view.state().lastSeen().get(name);
    Json.putTime(json, "lastSeen", lastSeen == null ? 0 : lastSeen);
    Json.putText(json, "awaitedInventory", node.awaitedInventory());
    return json.put("overdue", node.overdue());
  }
}
