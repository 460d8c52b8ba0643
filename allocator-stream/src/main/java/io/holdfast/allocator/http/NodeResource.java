package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Function;

/** Nodes. */
final class NodeResource {
  private final AllocatorApi api;

  NodeResource(AllocatorApi api) {
    this.api = api;
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.get("/v1/networks/{network}/nodes", gate.to(this::list));
    routes.get("/v1/networks/{network}/nodes/{node}", gate.to(this::one));
  }

  private void list(Context ctx, String network) {
    Params.only(ctx, "limit", "after");
    Page page = Page.of(ctx);
    Answers.ok(
        ctx,
        api.read(
            network,
            view ->
                page.scan(
                    view,
                    view.state().nodes(),
                    "",
                    TableId.LAST_NAME,
                    Function.identity(),
                    Function.identity(),
                    (name, node) -> json(view.state(), name, node))));
  }

  private void one(Context ctx, String network) {
    Params.only(ctx);
    String name = Params.name(ctx, "node");
    Reads.answer(
        ctx,
        api,
        network,
        view -> {
          Node node = view.state().nodes().get(name);
          return node == null ? null : json(view.state(), name, node);
        },
        () ->
            ProblemException.notFound(
                "NodeUnknown", "no report of node " + name + " came in network " + network));
  }

  private static ObjectNode json(State state, String name, Node node) {
    ObjectNode json = Json.object().put("node", name).put("bootId", node.bootId());
    json.put("up", node.up());
    Json.putTime(json, "since", node.since());
    Long lastSeen = state.lastSeen().get(name);
    Json.putTime(json, "lastSeen", lastSeen == null ? 0 : lastSeen);
    Json.putText(json, "awaitedInventory", node.awaitedInventory());
    return json.put("overdue", node.overdue());
  }
}
