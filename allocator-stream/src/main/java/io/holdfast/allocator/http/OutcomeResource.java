package io.holdfast.allocator.http;

import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.domain.outcome.Outcome;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** Answers to commands, for as long as they are remembered. */
final class OutcomeResource {
  private final AllocatorApi api;

  OutcomeResource(AllocatorApi api) {
    this.api = api;
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.get("/v1/networks/{network}/outcomes/{commandId}", gate.to(this::one));
  }

  private void one(Context ctx, String network) {
    Params.only(ctx);
    String id = ctx.pathParam("commandId");
    Optional<Outcome> outcome = api.outcome(network, id);
    OutcomeJson.write(ctx, id, outcome.orElseThrow(OutcomeResource::unknown), 200);
  }

  static ProblemException unknown() {
    return ProblemException.notFound(
        "OutcomeUnknown", "no answer to a command with this id is remembered");
  }
}
