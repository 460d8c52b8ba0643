package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.view.AnswerExplanation;
import io.holdfast.domain.view.GatewayConditions;
import io.holdfast.domain.view.GatewayCounts;
import io.holdfast.domain.view.GatewayExplanation;
import io.holdfast.domain.view.Lens;
import io.holdfast.domain.view.PoolExplanation;
import io.holdfast.domain.view.PoolView;
import io.holdfast.domain.view.Sentences;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Pools, gateways and answers in sentences. */
final class ExplainResource {
  private static final String NETWORK = "/v1/networks/{network}";

  private final AllocatorApi api;

  ExplainResource(AllocatorApi api) {
    this.api = api;
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.get(NETWORK + "/pools/{pool}/explain", gate.to(this::pool));
    routes.get(NETWORK + "/gateways/{gateway}/explain", gate.to(this::gateway));
    routes.get(NETWORK + "/outcomes/{commandId}/explain", gate.to(this::outcome));
  }

  private void pool(Context ctx, String network) {
    Params.only(ctx);
    String name = Params.name(ctx, "pool");
    Reads.answer(
        ctx,
        api,
        network,
        view -> {
          Pool pool = view.state().pools().get(name);
          if (pool == null) {
            return null;
          }
          PoolView v = PoolView.of(view.state(), name, pool, view.head().time());
          ObjectNode node = Json.object().put("pool", name);
          node.set("conditions", ModelJson.conditions(v.conditions()));
          return put(node, PoolExplanation.of(view.state(), v));
        },
        () -> PoolResource.unknown(network, name));
  }

  private void gateway(Context ctx, String network) {
    Params.only(ctx);
    String name = Params.name(ctx, "gateway");
    GatewayCounts counts = GatewayResource.counts(api, network, name);
    Reads.answer(
        ctx,
        api,
        network,
        view -> {
          Gateway gateway = view.state().gateways().get(name);
          if (gateway == null) {
            return null;
          }
          Lens lens = new Lens(view.state());
          ObjectNode node = Json.object().put("gateway", name);
          node.set("conditions", ModelJson.conditions(GatewayConditions.of(lens, name, gateway)));
          return put(node, GatewayExplanation.of(lens, name, gateway, counts));
        },
        () -> GatewayResource.unknown(network, name));
  }

  private void outcome(Context ctx, String network) {
    Params.only(ctx);
    String id = ctx.pathParam("commandId");
    Outcome outcome = api.outcome(network, id).orElseThrow(OutcomeResource::unknown);
    Reads.answer(
        ctx,
        api,
        network,
        view -> {
          ObjectNode node = Json.object().put("commandId", id);
          node.put("accepted", outcome instanceof Outcome.Accepted);
          if (outcome instanceof Outcome.Rejected rejected) {
            node.put("code", rejected.refusal().code().name());
          }
          return put(node, AnswerExplanation.of(view.state(), id, outcome, view.head().time()));
        },
        OutcomeResource::unknown);
  }

  /** Adds the sentences. */
  static ObjectNode put(ObjectNode node, Sentences sentences) {
    sentences.state().forEach(node.putArray("state")::add);
    sentences.why().forEach(node.putArray("why")::add);
    sentences.unblock().forEach(node.putArray("unblock")::add);
    return node;
  }
}
