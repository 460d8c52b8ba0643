package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.Waiter;
import io.holdfast.domain.view.WaiterView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Requests that wait for addresses, by ticket: the oldest first. */
final class WaitingResource {
  private static final String PATH = "/v1/networks/{network}/waiting";

  private final AllocatorApi api;

  WaitingResource(AllocatorApi api) {
    this.api = api;
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.get(PATH, gate.to(this::list));
    routes.get(PATH + "/{ticket}", gate.to(this::one));
  }

  private record Filter(@Nullable String pool, @Nullable String tenant) {
    boolean lets(WaiterView waiter) {
      return (pool == null || waiter.pools().contains(pool))
          && (tenant == null || tenant.equals(waiter.waiter().request().owner().tenant()));
    }
  }

  private void list(Context ctx, String network) {
    Params.only(ctx, "pool", "tenant", "limit", "after");
    Page page = Page.of(ctx);
    Filter filter = new Filter(Params.text(ctx, "pool"), Params.text(ctx, "tenant"));
    Answers.ok(ctx, api.read(network, view -> list(view, page, filter)));
  }

  private static ObjectNode list(View view, Page page, Filter filter) {
    WaiterView.Lines lines = new WaiterView.Lines(view.state());
    return page.scan(
        view,
        view.state().waiters(),
        0L,
        Long.MAX_VALUE,
        token -> ticket("after", token),
        String::valueOf,
        (ticket, waiter) -> {
          WaiterView shown = lines.of(ticket, waiter);
          return filter.lets(shown) ? json(shown) : null;
        });
  }

  private void one(Context ctx, String network) {
    Params.only(ctx);
    long ticket = ticket("ticket", ctx.pathParam("ticket"));
    Reads.answer(
        ctx,
        api,
        network,
        view -> {
          Waiter waiter = view.state().waiters().get(ticket);
          return waiter == null
              ? null
              : json(new WaiterView.Lines(view.state()).of(ticket, waiter));
        },
        () ->
            ProblemException.notFound(
                "NotWaiting", "nobody waits with ticket " + ticket + " in network " + network));
  }

  private static long ticket(String field, String value) {
    return Params.number(field, value, 1, Long.MAX_VALUE);
  }

  private static ObjectNode json(WaiterView v) {
    Waiter waiter = v.waiter();
    ObjectNode node = Json.object().put("ticket", v.ticket()).put("position", v.position());
    node.set("owner", ModelJson.owner(waiter.request().owner()));
    Json.putTime(node, "since", waiter.since());
    Json.putTime(node, "deadline", waiter.deadline());
    node.put("commandId", waiter.commandId());
    v.pools().forEach(node.putArray("pools")::add);
    node.set("request", request(waiter.request()));
    return node;
  }

  /** The fields of AllocateEip, without the owner. */
  private static ObjectNode request(EipRequest r) {
    ObjectNode node = Json.object();
    r.pools().forEach(node.putArray("pools")::add);
    ObjectNode labels = node.putObject("labels");
    new TreeMap<>(r.labels()).forEach(labels::put);
    Json.putText(node, "ip", r.ip() == null ? null : r.ip().toString());
    node.put("family", r.family().name()).put("count", r.count());
    node.put("contiguous", r.contiguous());
    Json.putText(node, "gateway", r.gateway());
    Json.putText(node, "node", r.node());
    if (r.leaseMs() != null) {
      node.put("leaseMs", r.leaseMs());
    }
    ObjectNode tags = node.putObject("tags");
    new TreeMap<>(r.tags()).forEach(tags::put);
    return node;
  }
}
