package io.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.cli.client.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real HTTP server on a free loopback port that answers what docs/http-api.md says, as a test
 * wrote it down, and keeps what it was asked.
 */
final class ScriptedService implements AutoCloseable {
  /** A request as it arrived; {@code path} with its query as it was escaped. */
  record Request(String method, String path, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return String.join(",", headers.getOrDefault(name, List.of()));
    }

    JsonNode json() {
      return Json.parse(body).orElseThrow();
    }
  }

  private record Reply(int status, Map<String, String> headers, String body) {}

  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  ScriptedService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on, requests to this path (with query) get this answer. */
  ScriptedService on(String path, int status, String body) {
    return on(path, status, Map.of(), body);
  }

  ScriptedService on(String path, int status, Map<String, String> headers, String body) {
    replies.put(path, new Reply(status, headers, body));
    return this;
  }

  /** From now on, requests to this path get no answer at all. */
  ScriptedService silentOn(String path) {
    return on(path, 0, "");
  }

  Request only() {
    if (requests.size() != 1) {
      throw new AssertionError("one request was expected: " + requests);
    }
    return requests.getFirst();
  }

  List<Request> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        new Request(
            exchange.getRequestMethod(), path, Map.copyOf(exchange.getRequestHeaders()), body));
    Reply reply =
        replies.getOrDefault(
            path,
            new Reply(
                404,
                Map.of(),
                "{\"status\": 404, \"code\": \"NotScripted\", \"detail\": \"" + path + "\"}"));
    if (reply.status == 0) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
      return;
    }
    reply.headers.forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = reply.body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status, bytes.length == 0 ? -1 : bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }
}
