package io.holdfast.allocator.http;

import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.wire.Codec;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.util.JavalinException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API of an allocator, as docs/http-api.md has it. Every request is a virtual thread, so
 * long polls and event streams hold nothing but themselves.
 *
 * <p>It has no authentication and no encryption: it binds to loopback unless told otherwise.
 */
public final class HttpApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

  /** Longer than the longest poll. */
  private static final long IDLE_MS = (DesiredResource.MAX_WAIT_S + 30) * 1_000;

  private final AllocatorApi api;
  private final Codec codec;
  private final PrometheusMeterRegistry meters;
  private final HttpApiOptions options;
  private final Proxy proxy = new Proxy();
  private final Javalin server;
  private volatile boolean closed;

  private HttpApi(
      AllocatorApi api, Codec codec, PrometheusMeterRegistry meters, HttpApiOptions options) {
    this.api = api;
    this.codec = codec;
    this.meters = meters;
    this.options = options;
    this.server = Javalin.create(this::configure);
  }

  /**
   * Serves the API.
   *
   * @throws io.javalin.util.JavalinException if the port cannot be bound
   */
  public static HttpApi start(
      AllocatorApi api, Codec codec, PrometheusMeterRegistry meters, HttpApiOptions options) {
    HttpApi http = new HttpApi(api, codec, meters, options);
    try {
      http.server.start();
    } catch (RuntimeException e) {
      http.close();
      throw e;
    }
    return http;
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  private boolean isOpen() {
    return !closed;
  }

  private void configure(JavalinConfig config) {
    config.concurrency.useVirtualThreads = true;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.prefer405over404 = true;
    config.router.javaLangErrorHandler(HttpApi::failed);
    config.jetty.addConnector(this::connector);
    config.jetty.modifyServer(HttpApi::configure);
    RequestMetrics metrics = new RequestMetrics(meters);
    config.requestLogger.http((ctx, ms) -> metrics.count(ctx, ms));
    routes(config.routes);
  }

  private static void configure(Server jetty) {
    jetty.setErrorHandler(new ServerFaults());
    jetty.setStopTimeout(1_000);
  }

  private Connector connector(Server jetty, HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setRequestHeaderSize(16 * 1024);
    ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setIdleTimeout(IDLE_MS);
    return connector;
  }

  private void routes(RoutesConfig routes) {
    Gate gate = new Gate(api, proxy);
    CommandResource commands = new CommandResource(api, codec, options.commandTimeout());
    commands.routes(routes);
    new ImportResource(api, codec, commands).routes(routes, gate);
    new ReportResource(api, codec).routes(routes);
    new NetworkResource(api, proxy).routes(routes, gate);
    PoolResource.of(api).routes(routes, gate);
    QuotaResource.of(api).routes(routes, gate);
    new WaitingResource(api).routes(routes, gate);
    new EipResource(api).routes(routes, gate);
    new RuleResource(api).routes(routes, gate);
    new GatewayResource(api).routes(routes, gate);
    new DesiredResource(api, this::isOpen).routes(routes, gate);
    NodeResource.of(api).routes(routes, gate);
    new NodeGatewayResource(api, InstantSource.system()).routes(routes, gate);
    new OutcomeResource(api).routes(routes, gate);
    new ExplainResource(api).routes(routes, gate);
    new EventResource(api, options.keepAlive(), this::isOpen).routes(routes, gate);
    new OperationResource(api, meters).routes(routes);
    Faults.routes(routes);
  }

  /** An Error in a handler: out of memory, or a fault in the code. */
  private static void failed(HttpServletResponse response, Error error) {
    LOG.error("a request failed", error);
    response.setStatus(500);
    response.setContentType(Problem.TYPE);
    try {
      response.getOutputStream().write(Json.bytes(Faults.of(500).json()));
    } catch (IOException e) {
      LOG.debug("the client is gone", e);
    }
  }

  /** Ends long polls and event streams, and stops. */
  @Override
  public void close() {
    closed = true;
    try {
      server.stop();
    } catch (JavalinException e) {
      LOG.warn("the HTTP server stopped in the middle of requests that did not end in time", e);
    } finally {
      proxy.close();
    }
  }
}
