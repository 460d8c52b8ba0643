package io.holdfast.agent.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.agent.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A network of the real service, and what a user asks of it; {@link OneStack} gives it. */
final class TestService implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger MARKERS = new AtomicInteger();

  private final URI url;
  private final String network;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TestService(URI url, String network) {
    this.url = url;
    this.network = network;
  }

  URI url() {
    return url;
  }

  String network() {
    return network;
  }

  /** Single quotes stand for double ones. */
  JsonNode command(String name, String body) throws Exception {
    return post("/commands/" + name, body);
  }

  private JsonNode post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(url + "/v1/networks/" + network + path))
            .header("Content-Type", "application/json")
            .header("Holdfast-Reason", "a test")
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  /** The same, and a refusal will do. */
  void tries(String name, String body) throws Exception {
    try {
      command(name, body);
    } catch (AssertionError refused) {
      if (!String.valueOf(refused.getMessage()).startsWith("409")) {
        throw refused;
      }
    }
  }

  JsonNode get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url + "/v1/networks/" + network + path)).GET());
  }

  private JsonNode send(HttpRequest.Builder request) throws Exception {
    var answer = client.send(request.timeout(SOON).build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** A pool of 10.1.69.0/24 without its first addresses. */
  void pool() throws Exception {
    command(
        "DefinePool",
        "{'pool':'p','family':'V4','ranges':['10.1.69.100-10.1.69.250'],'subnet':'10.1.69.0/24',"
            + "'cooldownMs':1000}");
  }

  void gateway(String name, int fenceAfterMs, String... candidates) throws Exception {
    command(
        "DefineGateway",
        "{'gateway':'%s','candidates':['%s'],'fenceAfterMs':%d,'holdDownMs':0}"
            .formatted(name, String.join("','", candidates), fenceAfterMs));
  }

  /** An EIP on a gateway; returns its address. */
  String eip(String owner, String gateway) throws Exception {
    return command(
            "AllocateEip",
            "{'owner':{'tenant':'t','kind':'Vm','name':'%s'},'gateway':'%s'}"
                .formatted(owner, gateway))
        .at("/grants/0/ip")
        .asText();
  }

  /** The same, for an owner that lives on a node. */
  String eip(String owner, String gateway, String node) throws Exception {
    return command(
            "AllocateEip",
            "{'owner':{'tenant':'t','kind':'Vm','name':'%s'},'gateway':'%s','node':'%s'}"
                .formatted(owner, gateway, node))
        .at("/grants/0/ip")
        .asText();
  }

  /** A report; returns once it was worked off, and all before it. */
  void report(String type, String body) throws Exception {
    String marker = "marker-" + MARKERS.incrementAndGet();
    post("/reports/" + type, body);
    post("/reports/NodeHeartbeat", "{'node':'%s','bootId':'b'}".formatted(marker));
    Eventually.holds(
        SOON, type + " is worked off", () -> get("/nodes").toString().contains(marker));
  }

  void fip(String ip, String internal) throws Exception {
    command("BindFip", "{'ip':'%s','internalIp':'%s','vpc':'v'}".formatted(ip, internal));
  }

  JsonNode address(String ip) throws Exception {
    return get("/eips/" + ip);
  }

  boolean isReady(String ip) throws Exception {
    return address(ip).path("ready").asBoolean();
  }

  long epoch(String gateway) throws Exception {
    return get("/gateways/" + gateway).path("epoch").asLong();
  }

  void readies(String... ips) throws Exception {
    for (String ip : ips) {
      Eventually.holds(SOON, ip + " is ready: " + address(ip), () -> isReady(ip));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
