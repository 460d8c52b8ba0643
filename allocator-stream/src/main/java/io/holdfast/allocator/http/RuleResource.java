package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.TableId;
import io.holdfast.domain.view.Lens;
import io.holdfast.domain.view.RuleView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** FIP, DNAT and SNAT rules. */
final class RuleResource {
  private static final List<String> KINDS = List.of("Fip", "Dnat", "Snat");

  private final AllocatorApi api;

  RuleResource(AllocatorApi api) {
    this.api = api;
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.get("/v1/networks/{network}/rules", gate.to(this::list));
  }

  private record Filter(
      @Nullable IpAddress ip,
      @Nullable String gateway,
      @Nullable String kind,
      @Nullable Boolean ready) {
    boolean lets(Rule rule) {
      Carriage carriage = rule.carriage();
      return (kind == null || kind.equals(rule.spec().getClass().getSimpleName()))
          && (gateway == null || (carriage != null && gateway.equals(carriage.gateway())));
    }
  }

  private void list(Context ctx, String network) {
    Params.only(ctx, "ip", "gateway", "kind", "ready", "limit", "after");
    Page page = Page.of(ctx);
    String ip = Params.text(ctx, "ip");
    Filter filter =
        new Filter(
            ip == null ? null : Params.ip("ip", ip),
            Params.text(ctx, "gateway"),
            kind(Params.text(ctx, "kind")),
            Params.flag(ctx, "ready"));
    Answers.ok(ctx, api.read(network, view -> list(view, page, filter)));
  }

  private static @Nullable String kind(@Nullable String text) {
    if (text != null && !KINDS.contains(text)) {
      throw ProblemException.invalid("kind", text, "one of " + String.join(", ", KINDS));
    }
    return text;
  }

  private static ObjectNode list(View view, Page page, Filter filter) {
    Lens lens = new Lens(view.state());
    IpAddress first = filter.ip == null ? EipResource.FIRST : filter.ip;
    IpAddress last = filter.ip == null ? EipResource.LAST : filter.ip;
    return page.scan(
        view,
        view.state().rules(),
        new RuleKey(first, ""),
        new RuleKey(last, TableId.LAST_NAME),
        RuleResource::key,
        key -> key.ip() + "/" + key.rule(),
        (key, rule) -> {
          RuleView shown = filter.lets(rule) ? RuleView.of(lens, key, rule) : null;
          return shown == null || (filter.ready != null && filter.ready != shown.ready())
              ? null
              : json(shown);
        });
  }

  private static RuleKey key(String token) {
    int slash = token.indexOf('/');
    if (slash < 0) {
      throw ProblemException.invalid("after", token, "the 'next' of the page before");
    }
    return new RuleKey(Params.ip("after", token.substring(0, slash)), token.substring(slash + 1));
  }

  static ObjectNode json(RuleView view) {
    Rule rule = view.rule();
    ObjectNode node = Json.object().put("ip", view.key().ip().toString());
    node.put("tenure", rule.tenure());
    ModelJson.rule(node, rule.spec());
    node.put("wanted", rule.wanted()).put("revision", rule.revision());
    Carriage carriage = rule.carriage();
    Json.putText(node, "gateway", carriage == null ? null : carriage.gateway());
    node.put("ready", view.ready());
    node.set("conditions", ModelJson.conditions(view.conditions()));
    return node;
  }
}
