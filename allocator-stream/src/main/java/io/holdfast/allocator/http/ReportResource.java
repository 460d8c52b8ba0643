package io.holdfast.allocator.http;

import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Reports of agents and checkers. Any instance takes them for any network. */
final class ReportResource {
  private static final int LIMIT = 4 << 20;

  private final AllocatorApi api;
  private final Recorder recorder;

  ReportResource(AllocatorApi api, Codec codec) {
    this.api = api;
    this.recorder = new Recorder(codec, Contract.REPORTS, "report");
  }

  void routes(RoutesConfig routes) {
    routes.post("/v1/networks/{network}/reports/{report}", this::post);
  }

  private void post(Context ctx) throws InterruptedException {
    String network = Params.network(ctx);
    Contract.Type type = recorder.type(ctx.pathParam("report"));
    Params.only(ctx);
    String id = CommandResource.id(ctx);
    Map<String, Object> meta =
        Map.of("id", id, "source", HeaderText.of(ctx, "Holdfast-Source", "http"));
    byte[] record = recorder.record(type, meta, Body.json(ctx, LIMIT));
    try {
      api.report(network, record).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    }
    Answers.write(ctx, 202, Json.object().put("reportId", id));
  }
}
