package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.state.TableId;
import io.holdfast.domain.view.GatewayCounts;
import io.holdfast.domain.view.Lens;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Function;

/** Gateways. */
final class GatewayResource {
  /** Items counted in one read: counting must not hold up the network's decisions. */
  private static final int PORTION = 2_000;

  private static final int MAX_DRIFTS = 1_000;

  private final AllocatorApi api;

  GatewayResource(AllocatorApi api) {
    this.api = api;
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.get("/v1/networks/{network}/gateways", gate.to(this::list));
    routes.get("/v1/networks/{network}/gateways/{gateway}", gate.to(this::one));
  }

  private void list(Context ctx, String network) {
    Params.only(ctx, "limit", "after");
    Page page = Page.of(ctx);
    ObjectNode answer =
        api.read(
            network,
            view ->
                page.scan(
                    view,
                    view.state().gateways(),
                    "",
                    TableId.LAST_NAME,
                    Function.identity(),
                    Function.identity(),
                    GatewayJson::of));
    for (JsonNode item : answer.path("items")) {
      count(network, (ObjectNode) item);
    }
    Answers.ok(ctx, answer);
  }

  private void one(Context ctx, String network) {
    Params.only(ctx);
    String name = Params.name(ctx, "gateway");
    ObjectNode answer =
        Reads.one(
            api,
            network,
            view -> {
              Gateway gateway = view.state().gateways().get(name);
              if (gateway == null) {
                return null;
              }
              ObjectNode node = GatewayJson.of(name, gateway);
              node.set("driftItems", GatewayJson.drifts(view.state(), name));
              return node;
            },
            () -> unknown(network, name));
    count(network, answer);
    Revision.answer(ctx, answer);
  }

  private void count(String network, ObjectNode item) {
    String name = item.path("gateway").asText();
    GatewayCounts counts = GatewayCounts.start(name);
    while (counts.next() != null) {
      GatewayCounts before = counts;
      counts = api.read(network, view -> before.more(new Lens(view.state()), name, PORTION));
    }
    item.putObject("eips").put("total", counts.eips()).put("ready", counts.eipsReady());
    item.putObject("rules").put("total", counts.rules()).put("ready", counts.rulesReady());
    int drifts =
        api.read(network, view -> GatewayCounts.drifts(new Lens(view.state()), name, MAX_DRIFTS));
    item.put("drifts", drifts);
  }

  static ProblemException unknown(String network, String gateway) {
    return ProblemException.notFound(
        "GatewayUnknown", "there is no gateway " + gateway + " in network " + network);
  }
}
