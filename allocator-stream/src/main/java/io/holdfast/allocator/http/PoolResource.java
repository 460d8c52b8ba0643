package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.state.TableId;
import io.holdfast.domain.view.PoolView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Function;

/** Pools. */
final class PoolResource {
  private final AllocatorApi api;

  PoolResource(AllocatorApi api) {
    this.api = api;
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.get("/v1/networks/{network}/pools", gate.to(this::list));
    routes.get("/v1/networks/{network}/pools/{pool}", gate.to(this::one));
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
                    view.state().pools(),
                    "",
                    TableId.LAST_NAME,
                    Function.identity(),
                    Function.identity(),
                    (name, pool) -> json(view, name, pool))));
  }

  private void one(Context ctx, String network) {
    Params.only(ctx);
    String name = Params.name(ctx, "pool");
    Reads.answer(
        ctx,
        api,
        network,
        view -> {
          Pool pool = view.state().pools().get(name);
          return pool == null ? null : json(view, name, pool);
        },
        () ->
            ProblemException.notFound(
                "PoolUnknown", "there is no pool " + name + " in network " + network));
  }

  private static ObjectNode json(View view, String name, Pool pool) {
    PoolView v = PoolView.of(view.state(), name, pool, view.head().time());
    PoolUse use = v.use();
    ObjectNode node = Json.object().put("pool", name).put("revision", pool.revision());
    node.set("definition", ModelJson.pool(pool.spec()));
    // A /64 has more addresses than a JSON number can count.
    node.put("size", v.size().toString()).put("free", v.free().toString());
    node.put("allocated", use.allocated()).put("releasing", use.releasing());
    node.put("coolingDown", use.coolingDown()).put("quarantined", use.quarantined());
    node.put("retained", use.retained());
    Json.putTime(node, "nextFreeAt", v.nextFreeAt());
    return node;
  }
}
