package io.holdfast.allocator.http;

import io.holdfast.allocator.service.AllocatorApi.UnavailableException;
import io.holdfast.schemas.registry.RegistryException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a problem of every fault. What went wrong inside stays inside: the log has it. */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private Faults() {}

  static void routes(RoutesConfig routes) {
    routes.exception(ProblemException.class, (e, ctx) -> e.problem().write(ctx));
    routes.exception(
        UnavailableException.class,
        (e, ctx) -> Problem.unavailable(String.valueOf(e.getMessage())).write(ctx));
    routes.exception(
        RegistryException.class,
        (e, ctx) -> {
          LOG.warn("the schema registry could not be asked", e);
          Problem.unavailable("the schema registry could not be asked").write(ctx);
        });
    routes.exception(
        ClientGoneException.class, (e, ctx) -> LOG.debug("{}: the client is gone", ctx.path()));
    routes.exception(
        InterruptedException.class,
        (e, ctx) -> {
          Thread.currentThread().interrupt();
          Problem.unavailable("this instance is being stopped").write(ctx);
        });
    routes.exception(HttpResponseException.class, Faults::ofJavalin);
    routes.exception(Exception.class, Faults::unexpected);
  }

  private static void ofJavalin(HttpResponseException e, Context ctx) {
    of(e.getStatus()).write(ctx);
  }

  /** What the server says by itself. */
  static Problem of(int status) {
    return switch (status) {
      case 404 -> Problem.of(404, "NotFound", "there is nothing at this path");
      case 405 -> Problem.of(405, "MethodNotAllowed", "this path does not take this method");
      case 413 -> Problem.of(413, "TooLarge", "the request is too large");
      case 414 -> Problem.of(414, "TooLarge", "the path and query are too long");
      case 431 -> Problem.of(431, "TooLarge", "the headers are too long");
      case 503 -> Problem.unavailable("this instance cannot answer now");
      default ->
          status >= 500
              ? Problem.of(status, "InternalError", "something went wrong here")
              : Problem.of(status, "BadRequest", "the request is not valid HTTP for this service");
    };
  }

  private static void unexpected(Exception e, Context ctx) {
    String incident = UUID.randomUUID().toString();
    LOG.error("{} {} failed, incident {}", ctx.method(), ctx.path(), incident, e);
    Problem.of(500, "InternalError", "something went wrong here; the log has it as " + incident)
        .write(ctx);
  }
}
