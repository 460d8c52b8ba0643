package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.model.Quota;
import io.holdfast.domain.state.State;
import io.javalin.http.Context;

/** How much tenants may have. */
final class QuotaResource {
  private QuotaResource() {}

  static NamedResource<Quota> of(AllocatorApi api) {
    return new NamedResource<>(
        api,
        "quotas",
        "tenant",
        // A tenant is whatever owners call it: its name follows no rule here.
        Context::pathParam,
        State::quotas,
        QuotaResource::json,
        (network, tenant) ->
            ProblemException.notFound(
                "QuotaUnknown",
                "tenant " + Problem.shorten(tenant) + " has no limit in network " + network));
  }

  private static ObjectNode json(View view, String tenant, Quota quota) {
    return Json.object()
        .put("tenant", tenant)
        .put("limit", quota.limit())
        .put("used", quota.used());
  }
}
