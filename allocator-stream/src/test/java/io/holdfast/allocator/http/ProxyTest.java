package io.holdfast.allocator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.allocator.http.TestServer.Got;
import io.holdfast.allocator.service.AllocatorApi.Place;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two instances: the network prod is on one, asked is the other. */
class ProxyTest {
  private final TestServer owner =
      new TestServer(HttpApiOptions.DEFAULT.withKeepAlive(Duration.ofMillis(50))).world();
  private final TestServer other = new TestServer();

  ProxyTest() {
    other.allocator.places =
        network -> network.equals("prod") ? new Place.There(owner.base()) : new Place.Here();
    other.allocator.others = List.of(owner.base());
  }

  @AfterEach
  void stop() {
    other.close();
    owner.close();
  }

  @Test
  void queries() {
    owner.allocate("a", "");
    Got here = owner.query("/eips?owner=acme/Pod/a");
    Got there = other.query("/eips?owner=acme/Pod/a");
    assertThat(there.status()).isEqualTo(200);
    assertThat(there.json()).isEqualTo(here.json());
    assertThat(there.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void problems() {
    Got got = other.query("/pools/no");
    assertThat(got.status()).isEqualTo(404);
    assertThat(got.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(got.field("code")).isEqualTo("PoolUnknown");
  }

  @Test
  void longPolls() throws Exception {
    String etag = other.query("/gateways/gw1/desired?node=n1").header("ETag");
    assertThat(etag).isNotEmpty();
    String path = "/v1/networks/prod/gateways/gw1/desired?node=n1";
    assertThat(other.send(other.request(path).header("If-None-Match", etag)).status())
        .isEqualTo(304);
    CompletableFuture<Got> poll =
        other.sendAsync(other.request(path + "&wait=30").header("If-None-Match", etag));
    owner.allocate("a", ",'gateway':'gw1'");
    assertThat(poll.get(20, TimeUnit.SECONDS).json().path("addresses")).hasSize(1);
  }

  @Test
  void streamsPassAtOnceAndEndWhenTheClientGoes() throws Exception {
    HttpResponse<InputStream> answer =
        other
            .client()
            .send(
                other.request("/v1/networks/prod/events").header("Last-Event-ID", "3").build(),
                BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("id: 4");
    }
    assertThat(owner.allocator.awaitNoStreams(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void aQueryThatIsNoUri() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), other.port())) {
      String request =
          "GET /v1/networks/prod/eips?owner=a|{b} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }
  }

  @Test
  void noLoops() {
    owner.allocator.places = network -> new Place.There(other.base());
    Got got = other.query("/eips");
    assertThat(got.status()).isEqualTo(503);
    assertThat(got.header("Retry-After")).isEqualTo("1");
    assertThat(got.field("detail")).contains("being moved");
  }

  @Test
  void theOwnerDoesNotAnswer() {
    other.allocator.places = network -> new Place.There(URI.create("http://127.0.0.1:1"));
    Got got = other.query("/eips");
    assertThat(got.status()).isEqualTo(503);
    assertThat(got.field("code")).isEqualTo("Unavailable");
  }

  @Test
  void networksOfAllInstances() {
    String pool = "{'pool':'p','family':'V4','ranges':['10.0.0.0/24']}";
    other.post("/v1/networks/aaa/commands/DefinePool", pool);
    other.post("/v1/networks/zzz/commands/DefinePool", pool);
    Got all = other.get("/v1/networks");
    assertThat(all.json().path("items").findValuesAsText("network"))
        .containsExactly("aaa", "prod", "zzz");
    Got first = other.get("/v1/networks?limit=1");
    assertThat(first.field("next")).isEqualTo("aaa");
    Got second = other.get("/v1/networks?limit=1&after=aaa");
    assertThat(second.json().path("items").findValuesAsText("network")).containsExactly("prod");
    assertThat(second.field("next")).isEqualTo("prod");
    other.allocator.others = List.of(URI.create("http://127.0.0.1:1"));
    assertThat(other.get("/v1/networks").status()).isEqualTo(503);
  }
}
