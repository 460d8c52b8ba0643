package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.domain.view.DesiredState;
import io.holdfast.domain.view.DesiredState.Version;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Desired state of a gateway for a node, with long polls: a waiting poll is a virtual thread. */
final class DesiredResource {
  static final long MAX_WAIT_S = 60;

  /** A wait is cut into pieces, so that it ends soon after the server is told to. */
  private static final Duration PIECE = Duration.ofMillis(500);

  private final AllocatorApi api;
  private final BooleanSupplier open;

  /**
   * @param open false once the server closes
   */
  DesiredResource(AllocatorApi api, BooleanSupplier open) {
    this.api = api;
    this.open = open;
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.get("/v1/networks/{network}/gateways/{gateway}/desired", gate.to(this::desired));
  }

  private void desired(Context ctx, String network) {
    Params.only(ctx, "node", "wait");
    String gateway = Params.name(ctx, "gateway");
    String node = Params.required(ctx, "node");
    Duration wait = Duration.ofSeconds(Params.number(ctx, "wait", 0, 0, MAX_WAIT_S));
    String known = ctx.header("If-None-Match");
    if (known != null) {
      await(network, gateway, node, known, wait);
    }
    record Found(@Nullable DesiredState desired, long sequence) {}
    Found found =
        api.read(
            network,
            view ->
                new Found(DesiredState.of(view.state(), gateway, node), view.head().sequence()));
    DesiredState desired = found.desired();
    if (desired == null) {
      throw GatewayResource.unknown(network, gateway);
    }
    ctx.header("ETag", tag(desired.version()));
    if (known != null && isKnown(known, desired.version())) {
      ctx.status(304).header("Cache-Control", "no-store");
    } else {
      Answers.ok(ctx, json(desired).put("sequence", found.sequence()));
    }
  }

  /** Returns when the version is another one than that known, or the time is over. */
  private void await(String network, String gateway, String node, String known, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    Duration left = wait;
    while (left.isPositive() && open.getAsBoolean()) {
      Duration piece = left.compareTo(PIECE) < 0 ? left : PIECE;
      boolean changed =
          api.await(
              network,
              view -> {
                Version version = DesiredState.version(view.state(), gateway, node);
                return version == null || !isKnown(known, version);
              },
              piece);
      if (changed) {
        return;
      }
      left = Duration.ofNanos(deadline - System.nanoTime());
    }
  }

  private static String tag(Version version) {
    return "\"" + version + "\"";
  }

  /** If-None-Match as in RFC 9110, 13.1.2: a list of entity tags, or a star. */
  private static boolean isKnown(String header, Version version) {
    String tag = tag(version);
    for (String part : header.split(",", -1)) {
      String one = part.strip();
      if (one.equals("*") || one.equals(tag) || one.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode json(DesiredState d) {
    ObjectNode node = Json.object().put("gateway", d.gateway()).put("node", d.node());
    node.put("instance", d.instance()).put("epoch", d.epoch()).put("revision", d.revision());
    node.put("held", d.held());
    ArrayNode addresses = node.putArray("addresses");
    d.addresses()
        .forEach(a ->
            addresses
                .addObject()
                .put("ip", a.ip().toString())
                .put("prefixLength", a.prefixLength())
                .put("tenure", a.tenure())
                .put("revision", a.revision()));
    ArrayNode rules = node.putArray("rules");
    d.rules()
        .forEach(r -> {
          ObjectNode rule = rules.addObject().put("ip", r.ip().toString());
          rule.put("tenure", r.tenure()).put("revision", r.revision());
          ModelJson.rule(rule, r.spec());
        });
    ArrayNode waiting = node.putArray("waiting");
    d.waiting()
        .forEach(w ->
            waiting
                .addObject()
                .put("ip", w.ip().toString())
                .put("prefixLength", w.prefixLength())
                .put("tenure", w.tenure())
                .put("reason", w.reason()));
    ArrayNode withdraw = node.putArray("withdraw");
    d.withdraw()
        .forEach(w ->
            withdraw
                .addObject()
                .put("ip", w.ip().toString())
                .put("prefixLength", w.prefixLength())
                .put("tenure", w.tenure())
                .put("rule", w.rule())
                .put("reason", w.reason().name()));
    return node.put("fenceAfterMs", d.fenceAfterMs());
  }
}
