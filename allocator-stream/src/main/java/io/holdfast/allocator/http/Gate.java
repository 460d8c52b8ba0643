package io.holdfast.allocator.http;

import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.Place;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/**
 * Lets a request about a network through where the network is, and sends it there from elsewhere.
 */
final class Gate {
  private final AllocatorApi api;
  private final Proxy proxy;

  Gate(AllocatorApi api, Proxy proxy) {
    this.api = api;
    this.proxy = proxy;
  }

  /** Handles a request about a network that is here. */
  @FunctionalInterface
  interface NetworkHandler {
    void handle(Context ctx, String network) throws Exception;
  }

  Handler to(NetworkHandler handler) {
    return ctx -> {
      String network = Params.network(ctx);
      switch (api.locate(network)) {
        case Place.Here here -> handler.handle(ctx, network);
        case Place.There there -> proxy.forward(ctx, there.url());
        case Place.Moving moving ->
            Problem.unavailable("network " + network + ": " + moving.why()).write(ctx);
      }
    };
  }
}
