package io.holdfast.allocator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.allocator.http.TestServer.Got;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsTest {
  private final TestServer server =
      new TestServer(HttpApiOptions.DEFAULT.withKeepAlive(Duration.ofMillis(50))).world();

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<String> ids(String text) {
    return text.lines().filter(l -> l.startsWith("id: ")).map(l -> l.substring(4)).toList();
  }

  @Test
  void toThePresentEnd() throws Exception {
    server.allocate("a", ",'gateway':'gw1','node':'n1'");
    server.must("ReleaseEip", "{'ip':'10.0.0.1'}");
    Got got = server.query("/events?from=1&follow=false");
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.header("Content-Type")).startsWith("text/event-stream");
    long last = server.query("").json().path("sequence").asLong();
    assertThat(ids(got.text())).hasSize((int) last).startsWith("1", "2").endsWith("" + last);
    String block =
        List.of(got.text().split("\n\n")).stream()
            .filter(b -> b.contains("event: EipAllocated"))
            .findFirst()
            .orElseThrow();
    JsonNode data =
        new ObjectMapper().readTree(block.substring(block.indexOf("data: ") + "data: ".length()));
    assertThat(data.path("ip").asText()).isEqualTo("10.0.0.1");
    assertThat(data.path("owner").path("tenant").asText()).isEqualTo("acme");
    assertThat(data.path("node").path("bootId").asText()).isEqualTo("b1");
    assertThat(data.path("meta").path("actor").asText()).isEqualTo("http");
    assertThat(data.path("meta").path("time").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(data.path("meta").path("digest").asText()).matches("[0-9a-f]{16}");
    assertThat(data.path("meta").path("previousHash").asText()).matches("[0-9a-f]{64}");
    assertThat(got.text()).contains("\"ranges\":[\"10.0.0.0/24\"]");
  }

  @Test
  void resumes() {
    Got from = server.query("/events?from=4&follow=false");
    assertThat(ids(from.text())).first().isEqualTo("4");
    Got after =
        server.send(
            server
                .request("/v1/networks/prod/events?from=1&follow=false")
                .header("Last-Event-ID", "4"));
    assertThat(ids(after.text())).first().isEqualTo("5");
    assertThat(server.query("/events?from=1000&follow=false").text()).isEmpty();
    assertThat(server.query("/events?from=0").status()).isEqualTo(422);
    Got bad =
        server.send(server.request("/v1/networks/prod/events").header("Last-Event-ID", "abc"));
    assertThat(bad.status()).isEqualTo(422);
  }

  @Test
  void followsKeepsAliveAndEndsWhenTheClientGoes() throws Exception {
    long last = server.query("").json().path("sequence").asLong();
    HttpResponse<InputStream> answer =
        server
            .client()
            .send(
                server.request("/v1/networks/prod/events?from=" + (last + 1)).build(),
                BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo(": keep-alive");
      server.allocate("a", "");
      String line = lines.readLine();
      while (line != null && !line.startsWith("id: ")) {
        line = lines.readLine();
      }
      assertThat(line).isEqualTo("id: " + (last + 1));
      assertThat(lines.readLine()).isEqualTo("event: EipAllocated");
    }
    assertThat(server.allocator.awaitNoStreams(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void closingTheServerEndsStreams() throws Exception {
    HttpResponse<InputStream> answer =
        server
            .client()
            .send(server.request("/v1/networks/prod/events").build(), BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    server.close();
    assertThat(server.allocator.awaitNoStreams(Duration.ofSeconds(10))).isTrue();
  }
}
