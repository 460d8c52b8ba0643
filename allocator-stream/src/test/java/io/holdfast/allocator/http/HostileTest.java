package io.holdfast.allocator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.allocator.http.TestServer.Got;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stranger may send: always a problem document, never a trace, and the server goes on. */
class HostileTest {
  private static final String REMOVE = "/v1/networks/prod/commands/RemovePool";

  private final TestServer server = new TestServer().world();

  @AfterEach
  void stop() {
    assertThat(server.query("/pools/p").status()).isEqualTo(200);
    server.close();
  }

  private static void isProblem(Got got, int status) {
    assertThat(got.status()).as(got.text()).isEqualTo(status);
    assertThat(got.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(got.json().path("status").asInt()).isEqualTo(status);
    assertThat(got.text()).doesNotContain("\tat ", "Exception", "java.", "jetty", "Jetty");
    assertThat(got.header("Server")).isEmpty();
  }

  @Test
  void deepJson() {
    isProblem(
        server.post(REMOVE, "{'pool':" + "[".repeat(100_000) + "]".repeat(100_000) + "}"), 400);
    isProblem(server.post(REMOVE, "{'a':".repeat(50_000) + "1" + "}".repeat(50_000)), 400);
  }

  @Test
  void brokenJson() {
    for (String body :
        List.of("", "{", "[]", "7", "null", "{'pool':'p'} x", "{'pool':'p','pool':'q'}", "<a/>")) {
      isProblem(server.post(REMOVE, body), 400);
    }
    isProblem(
        server.send(
            server
                .request(REMOVE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe}))),
        400);
  }

  @Test
  void bigBodies() {
    isProblem(server.post(REMOVE, "{'pool':'" + "x".repeat(10_000_000) + "'}"), 413);
    isProblem(server.post(REMOVE, "{'pool':'" + "x".repeat(900_000) + "'}"), 400);
    String owner = "{'tenant':'t','kind':'Pod','name':'" + "n".repeat(250) + "'},";
    StringBuilder many = new StringBuilder(owner.repeat(14_000));
    many.setLength(many.length() - 1);
    isProblem(
        server.post(
            "/v1/networks/prod/reports/OwnerInventory",
            "{'node':'n1','bootId':'b1','complete':true,'owners':[" + many + "]}"),
        413);
    byte[] chunk = new byte[1 << 16];
    isProblem( // without a Content-Length
        server.send(
            server
                .request(REMOVE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArrays(Collections.nCopies(160, chunk)))),
        413);
  }

  @Test
  void hugeNumbers() {
    isProblem(
        server.post("/v1/networks/prod/commands/ReleaseEip", "{'ip':'10.0.0.1','tenure':1e999999}"),
        422);
    isProblem(
        server.post(
            "/v1/networks/prod/commands/ReleaseEip",
            "{'ip':'10.0.0.1','tenure':" + "9".repeat(60) + "}"),
        422);
    isProblem(
        server.post(
            "/v1/networks/prod/commands/ReleaseEip",
            "{'ip':'10.0.0.1','tenure':" + "9".repeat(100_000) + "}"),
        400);
  }

  @Test
  void wrongContentType() {
    isProblem(
        server.send(
            server
                .request(REMOVE)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"pool\":\"p\"}"))),
        415);
    isProblem(
        server.send(server.request(REMOVE).POST(BodyPublishers.ofString("{\"pool\":\"p\"}"))), 415);
  }

  @Test
  void hostilePaths() {
    isProblem(server.get("/v1/networks/a%00b/eips"), 400);
    isProblem(server.get("/v1/networks/a%2Fb/eips"), 422);
    isProblem(server.get("/v1/networks/-x/eips"), 422);
    isProblem(server.get("/v1/networks/" + "x".repeat(129) + "/eips"), 422);
    isProblem(server.get("/v1/networks/%C3%BC/eips"), 422);
    isProblem(server.get("/v1/networks/prod/eips/10.0.0.1%00"), 400);
    isProblem(server.get("/v1/networks/prod/outcomes/%00"), 400);
    isProblem(server.get("/v1/networks/prod/nothing"), 404);
    isProblem(server.get("/v1/networks/prod/pools/..%2f..%2fetc"), 422);
    assertThat(server.get("/v1/networks/prod/eips?limit=-1").status()).isEqualTo(422);
    assertThat(server.get("/" + "x".repeat(20_000)).status()).isIn(414, 431);
  }

  @Test
  void wrongMethods() {
    isProblem(server.send(server.request("/v1/networks/prod/eips").DELETE()), 405);
    isProblem(server.get(REMOVE), 405);
    isProblem(server.send(server.request("/healthz").POST(BodyPublishers.noBody())), 405);
  }

  @Test
  void commandsWithoutANetwork() {
    isProblem(server.post("/v1/networks/a b/commands/RemovePool".replace(" ", "%20"), "{}"), 422);
    assertThat(server.get("/v1/networks").json().path("items")).hasSize(1);
  }

  @Test
  void noHttp() throws IOException {
    for (String text :
        List.of(
            "GARBAGE\r\n\r\n",
            "GET /v1/networks/a\0b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /v1/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
            "POST " + REMOVE + " HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n")) {
      String answer = raw(text);
      assertThat(answer).startsWith("HTTP/1.1 4");
      assertThat(answer).doesNotContain("\tat ", "Exception", "jetty", "<html");
    }
  }

  private String raw(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
