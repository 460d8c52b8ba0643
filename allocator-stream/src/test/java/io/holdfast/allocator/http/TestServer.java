package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.holdfast.wire.Codec;
import io.holdfast.wire.NumberedIds;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The real server on a free loopback port, and a client of it. */
final class TestServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final MemoryAllocator allocator;
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpApi api;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TestServer() {
    this(HttpApiOptions.DEFAULT);
  }

  TestServer(HttpApiOptions options) {
    Codec codec = new Codec(new NumberedIds());
    allocator = new MemoryAllocator(codec);
    api = HttpApi.start(allocator, codec, meters, options);
  }

  record Got(int status, HttpHeaders headers, String text, JsonNode json) {
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    String field(String name) {
      return json.path(name).asText();
    }
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + api.port());
  }

  int port() {
    return api.port();
  }

  HttpClient client() {
    return client;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base() + path)).timeout(Duration.ofSeconds(30));
  }

  Got send(HttpRequest.Builder request) {
    try {
      return got(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  CompletableFuture<Got> sendAsync(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(TestServer::got);
  }

  private static Got got(HttpResponse<String> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    JsonNode json = MissingNode.getInstance();
    if (type.contains("json")) {
      try {
        json = JSON.readTree(answer.body());
      } catch (IOException e) {
        throw new AssertionError(answer.body(), e);
      }
    }
    return new Got(answer.statusCode(), answer.headers(), answer.body(), json);
  }

  Got get(String path) {
    return send(request(path));
  }

  /** Single quotes stand for double ones. */
  HttpRequest.Builder posting(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.replace('\'', '"')));
  }

  Got post(String path, String body) {
    return send(posting(path, body));
  }

  Got command(String name, String body) {
    return post("/v1/networks/prod/commands/" + name, body);
  }

  Got report(String name, String body) {
    Got got = post("/v1/networks/prod/reports/" + name, body);
    if (got.status() != 202) {
      throw new AssertionError(got.text());
    }
    return got;
  }

  Got query(String path) {
    return get("/v1/networks/prod" + path);
  }

  /** Three nodes, a pool, a gateway on n1. */
  TestServer world() {
    for (String node : new String[] {"n1", "n2", "n3"}) {
      report("NodeHeartbeat", "{'node':'" + node + "','bootId':'b1'}");
    }
    must(
        "DefinePool", "{'pool':'p','family':'V4','ranges':['10.0.0.0/24'],'subnet':'10.0.0.0/24'}");
    must("DefineGateway", "{'gateway':'gw1','candidates':['n1','n2']}");
    must("DefineGateway", "{'gateway':'gw2','candidates':['n3']}");
    return this;
  }

  Got must(String command, String body) {
    Got got = command(command, body);
    if (got.status() != 201) {
      throw new AssertionError(got.text());
    }
    return got;
  }

  /** An EIP for that owner. */
  Got allocate(String owner, String more) {
    return must(
        "AllocateEip",
        "{'owner':{'tenant':'acme','kind':'Pod','name':'" + owner + "'}" + more + "}");
  }

  /** The agent on that node makes the kernel as it is told, and reports it. */
  void agent(String gateway, String node) {
    JsonNode d = query("/gateways/" + gateway + "/desired?node=" + node).json();
    StringBuilder addresses = new StringBuilder();
    d.path("addresses")
        .forEach(a ->
            addresses
                .append(addresses.isEmpty() ? "" : ",")
                .append("{'ip':'" + a.path("ip").asText() + "','prefixLength':")
                .append(a.path("prefixLength").asInt() + "}"));
    StringBuilder rules = new StringBuilder();
    d.path("rules")
        .forEach(r ->
            rules
                .append(rules.isEmpty() ? "" : ",")
                .append("{'ip':'" + r.path("ip").asText() + "','rule':'")
                .append(r.path("rule").asText() + "','target':'")
                .append(r.path("target").asText() + "'}"));
    report(
        "Observation",
        "{'gateway':'%s','node':'%s','epoch':%d,'number':%d,'appliedRevision':%d,'complete':true,'addresses':[%s],'rules':[%s]}"
            .formatted(
                gateway,
                node,
                d.path("epoch").asLong(),
                System.nanoTime(),
                d.path("revision").asLong(),
                addresses,
                rules));
  }

  @Override
  public void close() {
    client.shutdownNow();
    api.close();
  }
}
