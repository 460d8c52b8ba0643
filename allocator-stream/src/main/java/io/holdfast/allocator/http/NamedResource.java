package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.state.OrderedTable;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Things of a network that have a name, and no filters: a page of them, and one.
 *
 * @param kinds what they are called in paths
 * @param name how the path calls the name of one
 * @param named reads that from the path
 * @param table where the state has them
 * @param json how one is shown
 * @param missing the problem when there is none with a name
 */
record NamedResource<V>(
    AllocatorApi api,
    String kinds,
    String name,
    BiFunction<Context, String, String> named,
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
    String all = "/v1/networks/{network}/" + kinds;
    routes.get(all, gate.to(this::list));
    routes.get(all + "/{" + name + "}", gate.to(this::one));
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
                    (key, value) -> json.of(view, key, value))));
  }

  private void one(Context ctx, String network) {
    Params.only(ctx);
    String one = named.apply(ctx, name);
    ObjectNode node =
        Reads.one(
            api,
            network,
            view -> {
              V value = table.apply(view.state()).get(one);
              return value == null ? null : json.of(view, one, value);
            },
            () -> missing.in(network, one));
    if (node.has("revision")) {
      Revision.answer(ctx, node);
    } else {
      Answers.ok(ctx, node);
    }
  }
}
