package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.wire.NetworkHead;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Networks: those of all instances in one list. */
final class NetworkResource {
  private final AllocatorApi api;
  private final Proxy proxy;

  NetworkResource(AllocatorApi api, Proxy proxy) {
    this.api = api;
    this.proxy = proxy;
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.get("/v1/networks", this::list);
    routes.get("/v1/networks/{network}", gate.to(this::one));
  }

  private void list(Context ctx) throws InterruptedException {
    Params.only(ctx, "limit", "after");
    Page page = Page.of(ctx);
    SortedMap<String, JsonNode> found = new TreeMap<>();
    api.networks().forEach((name, head) -> found.put(name, json(name, head)));
    if (!Proxy.isForwarded(ctx)) {
      for (URI other : api.others()) {
        ask(other, page, found);
      }
    }
    ArrayNode items = Json.array();
    ObjectNode answer = Json.object();
    String last = "";
    for (Map.Entry<String, JsonNode> e : found.entrySet()) {
      if (page.after() == null || e.getKey().compareTo(page.after()) > 0) {
        if (items.size() == page.limit()) {
          answer.put("next", last);
          break;
        }
        items.add(e.getValue());
        last = e.getKey();
      }
    }
    answer.set("items", items);
    Answers.ok(ctx, answer);
  }

  /** One page of each is enough: what does not fit on this page is on the next one. */
  private void ask(URI other, Page page, Map<String, JsonNode> found) throws InterruptedException {
    String after =
        page.after() == null
            ? ""
            : "&after=" + URLEncoder.encode(page.after(), StandardCharsets.UTF_8);
    // One more than fits, so that there being a next page shows.
    int limit = Math.min(page.limit() + 1, Page.MAX_LIMIT);
    ObjectNode theirs = Json.read(proxy.get(other, "/v1/networks?limit=" + limit + after));
    theirs.path("items").forEach(n -> found.putIfAbsent(n.path("network").asText(), n));
  }

  private void one(Context ctx, String network) {
    Params.only(ctx);
    NetworkHead head = api.read(network, view -> view.head());
    if (head.sequence() == 0) {
      throw ProblemException.notFound("NetworkUnknown", "network " + network + " has no events");
    }
    Answers.ok(ctx, json(network, head));
  }

  private static ObjectNode json(String name, NetworkHead head) {
    ObjectNode node = Json.object().put("network", name).put("sequence", head.sequence());
    node.put("digest", HexFormat.of().toHexDigits(head.digest()));
    node.put("hash", head.hash().toString());
    Json.putTime(node, "time", head.time());
    return node;
  }
}
