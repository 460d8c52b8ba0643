package io.holdfast.allocator.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Count and time of requests by method, route and status. */
final class RequestMetrics {
  private final MeterRegistry meters;

  RequestMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  void count(Context ctx, float ms) {
    Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
    Timer.builder("holdfast.http.requests")
        .description("Requests; of event streams and long polls, how long they lasted")
        .tag("method", ctx.method().isHttpMethod() ? ctx.method().name() : "other")
        // Never the path: its names would make a time series each.
        .tag("route", endpoint == null ? "none" : endpoint.path)
        .tag("status", Integer.toString(ctx.statusCode()))
        .register(meters)
        .record((long) (ms * 1_000_000), TimeUnit.NANOSECONDS);
  }
}
