package io.holdfast.cli.start;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.cli.CommandLines;
import io.holdfast.cli.session.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * A training run for the JVM's AOT cache (JEP 483, 514, 515): uses the verbs that people wait for,
 * so that the cache holds the classes these need, loaded and linked, and what was learnt of their
 * methods. Asks a server of its own on a free loopback port and prints nothing.
 */
public final class Training {
  private static final String ADDRESS =
      """
      {"sequence": 1, "ip": "203.0.113.7", "phase": "Allocated", "ready": true, "tenure": 1,
       "owner": {"tenant": "t", "kind": "Pod", "name": "n"}, "since": "2026-01-01T00:00:00.000Z",
       "conditions": [{"type": "Ready", "status": "True", "reason": "Observed"}],
       "rules": [{"rule": "fip", "kind": "fip", "target": "10.0.0.5", "ready": true}]}
      """;

  private static final List<String> RUNS =
      List.of(
          "--help",
          "version",
          "eip --help",
          "eip list",
          "eip show 203.0.113.7",
          "eip explain 203.0.113.7",
          "eip allocate --owner t/Pod/n",
          "fip bind 203.0.113.7 10.0.0.5",
          "dnat add 203.0.113.7 tcp/443 10.0.0.5:8443",
          "pool list",
          "gateway list",
          "gateway show gw-1",
          "node list",
          "eip show refused",
          "events --from 1",
          "eip list -o json");

  private Training() {}

  public static void main(String[] args) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anyPort, 0);
    server.createContext("/", Training::answer);
    server.start();
    try {
      String service = "http://127.0.0.1:" + server.getAddress().getPort();
      for (String run : RUNS) {
        use(service, run);
      }
    } finally {
      server.stop(0);
    }
  }

  /** Uses a verb of that service. */
  static void use(String service, String line) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Terminal terminal =
        new Terminal(
            nowhere,
            nowhere,
            true,
            true,
            InstantSource.system(),
            Map.of("HOLDFAST_SERVICE", service),
            "training");
    String[] words = line.split(" ", -1);
    CommandLines.create(terminal, words).execute(words);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int status = path.endsWith("refused") ? 404 : 200;
    String body;
    if (path.endsWith("events")) {
      body = "id: 1\nevent: EipFreed\ndata: {\"ip\": \"203.0.113.7\"}\n\n";
    } else if (status == 404) {
      body = "{\"status\": 404, \"code\": \"AddressNotAllocated\", \"detail\": \"no tenure\"}";
    } else if (path.contains("commands")) {
      body = "{\"commandId\": \"c\", \"changed\": true, \"sequence\": 1, \"grants\": []}";
    } else if (path.endsWith("s")) {
      body = "{\"sequence\": 1, \"items\": [" + ADDRESS + "]}";
    } else {
      body = ADDRESS;
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
