package io.holdfast.allocator.http;

import io.holdfast.allocator.service.AllocatorApi;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A network's committed events as Server-Sent Events. A stream is a virtual thread. */
final class EventResource {
  private static final Logger LOG = LoggerFactory.getLogger(EventResource.class);

  private final AllocatorApi api;
  private final Duration keepAlive;
  private final BooleanSupplier open;

  /**
   * @param open false once the server closes
   */
  EventResource(AllocatorApi api, Duration keepAlive, BooleanSupplier open) {
    this.api = api;
    this.keepAlive = keepAlive;
    this.open = open;
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.get("/v1/networks/{network}/events", gate.to(this::stream));
  }

  private void stream(Context ctx, String network) {
    Params.only(ctx, "from", "follow");
    boolean follow = Params.flag(ctx, "follow", true);
    long from = Params.number(ctx, "from", 1, 1, Long.MAX_VALUE);
    String last = ctx.header("Last-Event-ID");
    if (last != null && !last.isEmpty()) {
      from = 1 + Params.number("Last-Event-ID", last, 0, Long.MAX_VALUE - 1);
    }
    ctx.status(200).contentType("text/event-stream;charset=utf-8");
    ctx.header("Cache-Control", "no-store");
    EventWriter writer;
    try {
      writer = new EventWriter(ctx.res(), keepAlive, open);
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
    try {
      api.events(network, from, follow, writer::isOpen, writer::event);
      writer.end();
    } catch (ClientGoneException e) {
      throw e;
    } catch (RuntimeException e) {
      // The answer has begun: all that can be said now is that it is not complete.
      LOG.warn("events of {} cannot be read on", network, e);
      writer.broken();
    }
  }
}
