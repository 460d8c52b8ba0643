package io.holdfast.projector.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.projector.project.Projector;
import io.holdfast.projector.query.AuditFault;
import io.holdfast.projector.query.AuditQueries;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit API. docs/audit.md lists the questions. It has no authentication: bind to loopback. */
public final class AuditApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditApi.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String PROBLEM = "application/problem+json";

  private final AuditQueries queries;
  private final Projector projector;
  private final PrometheusMeterRegistry meters;
  private final Javalin server;

  private AuditApi(AuditQueries queries, Projector projector, PrometheusMeterRegistry meters) {
    this.queries = queries;
    this.projector = projector;
    this.meters = meters;
    this.server = Javalin.create(this::configure);
  }

  /**
   * Serves it.
   *
   * @param port 0: any free one
   * @throws io.javalin.util.JavalinException if the port cannot be bound
   */
  public static AuditApi start(
      AuditQueries queries,
      Projector projector,
      PrometheusMeterRegistry meters,
      String host,
      int port) {
    AuditApi api = new AuditApi(queries, projector, meters);
    try {
      api.server.start(host, port);
    } catch (RuntimeException e) {
      api.close();
      throw e;
    }
    return api;
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  private void configure(JavalinConfig config) {
    config.concurrency.useVirtualThreads = true;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    new Questions(queries).routes(config.routes);
    config.routes.get("/v1/audit/status", this::status);
    config.routes.get("/healthz", ctx -> ctx.result("ok\n"));
    config.routes.get("/readyz", this::ready);
    config.routes.get("/metrics", ctx -> ctx.contentType("text/plain").result(meters.scrape()));
    config.routes.exception(AuditFault.class, (e, ctx) -> problem(ctx, e));
    config.routes.exception(JdbiException.class, AuditApi::away);
    config.routes.exception(
        Exception.class,
        (e, ctx) -> {
          LOG.error("a request failed", e);
          problem(ctx, 500, "Internal", "the audit service has a fault; its log has more", null);
        });
    config.routes.error(
        404,
        ctx -> {
          if (ctx.attribute(PROBLEM) == null) {
            problem(ctx, 404, "NoSuchPath", "there is nothing at " + ctx.path(), null);
          }
        });
  }

  private void status(Context ctx) {
    ObjectNode answer = queries.status();
    answer
        .putObject("projector")
        .put("lag", projector.progress().lag())
        .put("events", projector.progress().events())
        .put("waitsFor", projector.trouble());
    ctx.contentType("application/json");
    ctx.result(answer.toString());
  }

  private void ready(Context ctx) {
    String trouble = projector.trouble();
    ctx.status(trouble.isEmpty() ? 200 : 503).result(trouble.isEmpty() ? "ready\n" : trouble);
  }

  private static void away(JdbiException e, Context ctx) {
    LOG.debug("the database did not answer", e);
    Throwable cause = e.getCause() instanceof SQLException sql ? sql : e;
    problem(
        ctx,
        503,
        "DatabaseAway",
        "the audit database cannot be asked: " + cause.getMessage(),
        null);
  }

  private static void problem(Context ctx, AuditFault e) {
    problem(ctx, e.status(), e.code(), String.valueOf(e.getMessage()), e);
  }

  private static void problem(
      Context ctx, int status, String code, String detail, @Nullable AuditFault fault) {
    ObjectNode problem =
        JSON.createObjectNode()
            .put("title", code)
            .put("status", status)
            .put("code", code)
            .put("detail", detail);
    if (fault != null && fault.field() != null) {
      problem.put("field", fault.field()).put("value", fault.value());
      problem.put("allowed", fault.allowed());
    }
    ctx.attribute(PROBLEM, true);
    ctx.status(status).contentType(PROBLEM);
    ctx.result(problem.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop();
  }
}
