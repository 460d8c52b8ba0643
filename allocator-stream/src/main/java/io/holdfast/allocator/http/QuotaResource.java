package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.domain.model.Quota;
import io.holdfast.domain.state.TableId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Function;

/**
 * How much tenants may have. A tenant is whatever owners call it: its name follows no rule here.
 */
final class QuotaResource {
  private static final String PATH = "/v1/networks/{network}/quotas";

  private final AllocatorApi api;

  QuotaResource(AllocatorApi api) {
    this.api = api;
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.get(PATH, gate.to(this::list));
    routes.get(PATH + "/{tenant}", gate.to(this::one));
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
                    view.state().quotas(),
                    "",
                    TableId.LAST_NAME,
                    Function.identity(),
                    Function.identity(),
                    QuotaResource::json)));
  }

  private void one(Context ctx, String network) {
    Params.only(ctx);
    String tenant = ctx.pathParam("tenant");
    Reads.answer(
        ctx,
        api,
        network,
        view -> {
          Quota quota = view.state().quotas().get(tenant);
          return quota == null ? null : json(tenant, quota);
        },
        () ->
            ProblemException.notFound(
                "QuotaUnknown",
                "tenant " + Problem.shorten(tenant) + " has no limit in network " + network));
  }

  private static ObjectNode json(String tenant, Quota quota) {
    return Json.object()
        .put("tenant", tenant)
        .put("limit", quota.limit())
        .put("used", quota.used());
  }
}
