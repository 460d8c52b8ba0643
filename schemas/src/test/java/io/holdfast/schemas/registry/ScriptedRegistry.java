package io.holdfast.schemas.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on loopback that answers as a test tells it to, and remembers what it was asked.
 */
final class ScriptedRegistry implements AutoCloseable {

  record Asked(String method, String path, String authorization, String contentType, String body) {}

  record Reply(int status, String body) {
    static Reply id(int id) {
      return new Reply(200, "{\"id\":" + id + "}");
    }
  }

  /** Gives the reply to the n-th request, counted from 1. */
  interface Script {
    Reply reply(int n, Asked asked) throws InterruptedException;
  }

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  ScriptedRegistry(Script script) throws IOException {
    this(null, script);
  }

  ScriptedRegistry(@Nullable SSLContext tls, Script script) throws IOException {
    var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    if (tls == null) {
      server = HttpServer.create(address, 50);
      scheme = "http";
    } else {
      HttpsServer https = HttpsServer.create(address, 50);
      https.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = https;
      scheme = "https";
    }
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, script));
    server.start();
  }

  private void answer(HttpExchange exchange, Script script) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var request =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
              String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
              body);
      int n;
      synchronized (asked) {
        asked.add(request);
        n = asked.size();
      }
      Reply reply = script.reply(n, request);
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  URI url() {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
