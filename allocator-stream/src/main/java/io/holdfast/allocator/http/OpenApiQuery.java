package io.holdfast.allocator.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A query, for the API's description.
 *
 * @param parameters their JSON types by name
 */
record OpenApiQuery(
    String path, String id, String summary, boolean isList, Map<String, String> parameters) {
  private static final String N = "/v1/networks/{network}";

  static final List<OpenApiQuery> ALL =
      List.of(
          list("/v1/networks", "networks", "All networks, by name"),
          one(N, "network", "How far a network's log has got"),
          list(N + "/pools", "pools", "Pools with their counters"),
          one(N + "/pools/{pool}", "pool", "One pool"),
          list(
              N + "/eips",
              "eips",
              "Addresses, by address",
              "phase",
              "pool",
              "tenant",
              "gateway",
              "owner",
              "tag",
              "ready"),
          one(N + "/eips/{ip}", "eip", "One address with conditions, carriages and rules"),
          one(N + "/eips/{ip}/explain", "explainEip", "One address in sentences"),
          list(N + "/rules", "rules", "FIP, DNAT and SNAT rules", "ip", "gateway", "kind", "ready"),
          list(N + "/gateways", "gateways", "Gateways with counts"),
          one(N + "/gateways/{gateway}", "gateway", "One gateway"),
          one(
              N + "/gateways/{gateway}/desired",
              "desired",
              "What the gateway's instance on a node is to hold",
              "node",
              "wait",
              "since",
              "If-None-Match"),
          list(N + "/nodes", "nodes", "Nodes that reported"),
          one(N + "/nodes/{node}", "node", "One node"),
          one(
              N + "/nodes/{node}/gateways",
              "nodeGateways",
              "What concerns a node: its gateways, and how long ago it was heard of"),
          one(N + "/outcomes/{commandId}", "outcome", "The answer to a command"),
          one(
              N + "/events",
              "events",
              "Committed events as Server-Sent Events",
              "from",
              "follow",
              "Last-Event-ID"),
          one("/healthz", "healthz", "The process works"),
          one("/readyz", "readyz", "It can answer"),
          one("/metrics", "metrics", "Metrics for Prometheus"),
          one("/openapi.json", "openapi", "This description"));

  private static OpenApiQuery list(String path, String id, String summary, String... filters) {
    Map<String, String> parameters = parameters(filters);
    parameters.put("limit", "integer");
    parameters.put("after", "string");
    return new OpenApiQuery(path, id, summary, true, parameters);
  }

  private static OpenApiQuery one(String path, String id, String summary, String... parameters) {
    return new OpenApiQuery(path, id, summary, false, parameters(parameters));
  }

  private static Map<String, String> parameters(String... names) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String name : names) {
      parameters.put(
          name,
          switch (name) {
            case "ready", "follow" -> "boolean";
            case "wait", "from" -> "integer";
            default -> "string";
          });
    }
    return parameters;
  }

  String describe(String parameter) {
    return switch (parameter) {
      case "limit" -> "Items at most, 1 to 1000; default 100";
      case "after" -> "The 'next' of the page before";
      case "phase" -> "Free, Allocated, Releasing, CoolingDown, Quarantined or Reserved";
      case "tag" -> "key=value; may be repeated: all of them";
      case "owner" -> "tenant/kind/[namespace/]name[#uid], or the owner's name or uid";
      case "kind" -> "Fip, Dnat or Snat";
      case "wait" -> "Seconds to wait for a state other than that of If-None-Match, 0 to 60";
      case "from" -> "Sequence number of the first event; default 1";
      case "follow" -> "false: end at the present end";
      case "Last-Event-ID" -> "Go on after this sequence number";
      case "If-None-Match" -> "ETag of the state already known";
      default -> "Only with this " + parameter;
    };
  }

  boolean isText() {
    return !contentType().equals("application/json");
  }

  String contentType() {
    return switch (id) {
      case "events" -> "text/event-stream";
      case "metrics" -> "text/plain";
      default -> "application/json";
    };
  }

  /** Statuses of the problems it may answer with. */
  List<String> problems() {
    if (!path.startsWith("/v1")) {
      return id.equals("readyz") ? List.of("503") : List.of();
    }
    return isList || id.equals("events") ? List.of("422", "503") : List.of("404", "422", "503");
  }
}
