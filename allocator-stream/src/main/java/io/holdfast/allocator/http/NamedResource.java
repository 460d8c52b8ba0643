package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.state.OrderedTable;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Function;

/**
 * Things of a network that have a name, and no filters: a page of them, and one.
 *
 * @param kind what one is called in paths; with an s, what many are called
 * @param table where the state has them
 * @param json how one is shown
 * @param missing the problem when there is none with a name
 */
record NamedResource<V>(
    AllocatorApi api,
    String kind,
    Function<State, OrderedTable<String, V>> table,
    ToJson<V> json,
    Missing missing) {

  /** Shows one thing. */
  @FunctionalInterface
  interface ToJson<V> {
    ObjectNode of(View view, String name, V value);
  }

  /** Says that there is none. */
  @FunctionalInterface
  interface Missing {
    ProblemException in(String network, String name);
  }

  void routes(RoutesConfig routes, Gate gate) {
    String all = "/v1/networks/{network}/" + kind + "s";
    routes.get(all, gate.to(this::list));
    routes.get(all + "/{" + kind + "}", gate.to(this::one));
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
                    table.apply(view.state()),
                    "",
                    TableId.LAST_NAME,
                    Function.identity(),
                    Function.identity(),
                    (name, value) -> json.of(view, name, value))));
  }

  private void one(Context ctx, String network) {
    Params.only(ctx);
    String name = Params.name(ctx, kind);
    ObjectNode node =
        Reads.one(
            api,
            network,
            view -> {
              V value = table.apply(view.state()).get(name);
              return value == null ? null : json.of(view, name, value);
            },
            () -> missing.in(network, name));
    if (node.has("revision")) {
      Revision.answer(ctx, node);
    } else {
      Answers.ok(ctx, node);
    }
  }
}
