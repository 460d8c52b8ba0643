package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Health, metrics and the API's description. */
final class OperationResource {
  private final AllocatorApi api;
  private final PrometheusMeterRegistry meters;
  private final ObjectNode openApi;

  OperationResource(AllocatorApi api, PrometheusMeterRegistry meters) {
    this.api = api;
    this.meters = meters;
    this.openApi = OpenApi.document();
  }

  void routes(RoutesConfig routes) {
    routes.get("/healthz", ctx -> Answers.ok(ctx, Json.object().put("status", "ok")));
    routes.get("/readyz", this::ready);
    routes.get(
        "/metrics",
        ctx -> ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(meters.scrape()));
    routes.get("/openapi.json", ctx -> Answers.ok(ctx, openApi));
  }

  private void ready(Context ctx) {
    String missing = api.notReady();
    if (missing.isEmpty()) {
      Answers.ok(ctx, Json.object().put("status", "ready"));
    } else {
      Problem.unavailable(missing).write(ctx);
    }
  }
}
