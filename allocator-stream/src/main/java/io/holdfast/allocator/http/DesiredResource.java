package io.holdfast.allocator.http;

import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.DesiredPart;
import io.holdfast.domain.view.DesiredState;
import io.holdfast.domain.view.DesiredState.Version;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Desired state of a gateway for a node, with long polls: a waiting poll is a virtual thread. */
final class DesiredResource {
  static final long MAX_WAIT_S = 60;

  /** A wait is cut into pieces, so that it ends soon after the server is told to. */
  private static final Duration PIECE = Duration.ofMillis(500);

  /** Beyond these a part is no cheaper than the whole. */
  private static final int MOST_EVENTS = 5_000;

  private static final int MOST_TOUCHED = 500;
  private static final int TRIES = 5;

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
    Params.only(ctx, "node", "wait", "since");
    String gateway = Params.name(ctx, "gateway");
    String node = Params.required(ctx, "node");
    Duration wait = Duration.ofSeconds(Params.number(ctx, "wait", 0, 0, MAX_WAIT_S));
    long since = Params.number(ctx, "since", 0, 0, Long.MAX_VALUE);
    String known = ctx.header("If-None-Match");
    if (known != null) {
      await(network, gateway, node, known, wait);
    }
    Version version =
        api.read(
                network,
                view -> Optional.ofNullable(DesiredState.version(view.state(), gateway, node)))
            .orElseThrow(() -> GatewayResource.unknown(network, gateway));
    if (known != null && isKnown(known, version)) {
      ctx.header("ETag", tag(version));
      ctx.status(304).header("Cache-Control", "no-store");
      return;
    }
    if (since > 0 && part(ctx, network, gateway, node, since)) {
      return;
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
    Answers.ok(ctx, DesiredJson.whole(desired).put("sequence", found.sequence()));
  }

  /** Answers with what changed after an event; false: that cannot be said, or would not be less. */
  private boolean part(Context ctx, String network, String gateway, String node, long since) {
    record Found(@Nullable DesiredPart part, long sequence) {}
    for (int i = 0; i < TRIES; i++) {
      Optional<List<Event>> events = api.recent(network, since, MOST_EVENTS);
      Optional<Set<IpAddress>> touched = events.flatMap(DesiredPart::touched);
      if (events.isEmpty() || touched.isEmpty() || touched.get().size() > MOST_TOUCHED) {
        return false;
      }
      long until = since + events.get().size();
      Found found =
          api.read(
              network,
              view ->
                  new Found(
                      view.head().sequence() == until
                          ? DesiredPart.of(view.state(), gateway, node, touched.get())
                          : null,
                      view.head().sequence()));
      DesiredPart part = found.part();
      if (part != null) {
        ctx.header("ETag", tag(part.state().version()));
        Answers.ok(ctx, DesiredJson.part(part, since).put("sequence", found.sequence()));
        return true;
      }
      // Events came in between, and are committed by now: they may have touched more.
    }
    return false;
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
}
