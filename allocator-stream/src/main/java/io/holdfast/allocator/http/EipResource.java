package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.view.EipView;
import io.holdfast.domain.view.Explanation;
import io.holdfast.domain.view.Lens;
import io.holdfast.domain.view.RuleView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses. */
final class EipResource {
  static final IpAddress FIRST = new IpAddress(IpFamily.V4, 0, 0);
  static final IpAddress LAST = new IpAddress(IpFamily.V6, -1L, -1L);
  private static final int RULES = 1_000;

  private final AllocatorApi api;

  EipResource(AllocatorApi api) {
    this.api = api;
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.get("/v1/networks/{network}/eips", gate.to(this::list));
    routes.get("/v1/networks/{network}/eips/{ip}", gate.to(this::one));
    routes.get("/v1/networks/{network}/eips/{ip}/explain", gate.to(this::explain));
  }

  private void list(Context ctx, String network) {
    Params.only(ctx, EipFilter.PARAMETERS);
    Page page = Page.of(ctx);
    EipFilter filter = EipFilter.of(ctx);
    Answers.ok(ctx, api.read(network, view -> list(view, page, filter)));
  }

  private static ObjectNode list(View view, Page page, EipFilter filter) {
    Lens lens = new Lens(view.state());
    return page.scan(
        view,
        view.state().addresses(),
        FIRST,
        LAST,
        text -> Params.ip("after", text),
        IpAddress::toString,
        (ip, address) -> item(lens, filter, ip, address));
  }

  private static @Nullable ObjectNode item(
      Lens lens, EipFilter filter, IpAddress ip, Address address) {
    if (!filter.lets(address)) {
      return null;
    }
    EipView eip = EipView.of(lens, ip, address);
    return filter.ready() == null || filter.ready() == eip.ready() ? EipJson.of(eip) : null;
  }

  private void one(Context ctx, String network) {
    Params.only(ctx);
    IpAddress ip = Params.ip("ip", ctx.pathParam("ip"));
    Revision.answer(
        ctx, Reads.one(api, network, view -> one(view, ip), () -> unknown(network, ip)));
  }

  private static @Nullable ObjectNode one(View view, IpAddress ip) {
    Lens lens = new Lens(view.state());
    EipView eip = EipView.find(lens, ip);
    if (eip == null) {
      return null;
    }
    ObjectNode node = EipJson.of(eip);
    ArrayNode carriages = node.putArray("carriages");
    eip.address().carriages().forEach(c -> carriages.add(ModelJson.carriage(c)));
    ArrayNode rules = node.putArray("rules");
    RuleView.ofAddress(lens, ip, RULES).forEach(r -> rules.add(RuleResource.json(r)));
    return node;
  }

  private void explain(Context ctx, String network) {
    Params.only(ctx);
    IpAddress ip = Params.ip("ip", ctx.pathParam("ip"));
    Reads.answer(ctx, api, network, view -> explain(view, ip), () -> unknown(network, ip));
  }

  private static @Nullable ObjectNode explain(View view, IpAddress ip) {
    Lens lens = new Lens(view.state());
    EipView eip = EipView.find(lens, ip);
    if (eip == null) {
      return null;
    }
    Explanation e = Explanation.of(lens, eip, RuleView.ofAddress(lens, ip, RULES));
    ObjectNode node = Json.object().put("ip", ip.toString()).put("ready", eip.ready());
    sentences(node, "state", e.state());
    sentences(node, "why", e.why());
    sentences(node, "unblock", e.unblock());
    return node;
  }

  private static void sentences(ObjectNode node, String field, List<String> sentences) {
    sentences.forEach(node.putArray(field)::add);
  }

  private static ProblemException unknown(String network, IpAddress ip) {
    return ProblemException.notFound(
        "AddressUnknown", ip + " belongs to no pool of network " + network);
  }
}
