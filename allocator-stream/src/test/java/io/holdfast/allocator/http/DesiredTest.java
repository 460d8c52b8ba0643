package io.holdfast.allocator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.allocator.http.TestServer.Got;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DesiredTest {
  private static final String PATH = "/gateways/gw1/desired?node=n1";

  private final TestServer server = new TestServer().world();

  @AfterEach
  void stop() {
    server.close();
  }

  private CompletableFuture<Got> poll(String etag, int wait) {
    return server.sendAsync(
        server.request("/v1/networks/prod" + PATH + "&wait=" + wait).header("If-None-Match", etag));
  }

  @Test
  void desired() {
    server.report("InstanceStarted", "{'gateway':'gw1','node':'n1','bootId':'b1','instance':'i1'}");
    server.allocate("a", ",'gateway':'gw1'");
    server.must("BindFip", "{'ip':'10.0.0.1','internalIp':'192.168.0.5','vpc':'v'}");
    Got got = server.query(PATH);
    JsonNode d = got.json();
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.header("ETag"))
        .isEqualTo("\"" + d.path("epoch") + "-" + d.path("revision") + "\"");
    assertThat(d.path("instance").asText()).isEqualTo("i1");
    assertThat(d.path("held").asText()).isEmpty();
    assertThat(d.path("fenceAfterMs").asLong()).isEqualTo(10_000);
    assertThat(d.path("addresses").get(0).path("prefixLength").asInt()).isEqualTo(24);
    assertThat(d.path("rules").get(0).path("rule").asText()).isEqualTo("fip");
    assertThat(d.path("rules").get(0).path("vpc").asText()).isEqualTo("v");
    assertThat(d.path("rules").get(0).path("tenure"))
        .isEqualTo(d.path("addresses").get(0).path("tenure"));
    assertThat(d.path("withdraw")).isEmpty();
    assertThat(d.path("sequence").asLong()).isPositive();
  }

  @Test
  void anEarlierInstanceHasItsOwnEpochAndExactRemovals() {
    server.allocate("a", ",'gateway':'gw1'");
    server.agent("gw1", "n1");
    server.must("RescheduleGateway", "{'gateway':'gw1'}");
    JsonNode old = server.query(PATH).json();
    assertThat(old.path("epoch").asInt()).isEqualTo(1);
    assertThat(old.path("addresses")).isEmpty();
    assertThat(old.path("withdraw").get(0).path("reason").asText()).isEqualTo("Moved");
    assertThat(old.path("withdraw").get(0).path("prefixLength").asInt()).isEqualTo(24);
    JsonNode now = server.query("/gateways/gw1/desired?node=n2").json();
    assertThat(now.path("held").asText()).contains("epoch 1 on node n1");
    server.agent("gw1", "n1"); // it confirms
    assertThat(server.query("/gateways/gw1/desired?node=n2").json().path("addresses")).hasSize(1);
    server.agent("gw1", "n2");
    assertThat(server.query("/eips/10.0.0.1").json().path("ready").asBoolean()).isTrue();
  }

  @Test
  void aMoveBetweenGatewaysIsHeldBack() {
    server.allocate("a", ",'gateway':'gw1'");
    server.agent("gw1", "n1");
    server.must("AttachEip", "{'ip':'10.0.0.1','gateway':'gw2'}");
    JsonNode d = server.query("/gateways/gw2/desired?node=n3").json();
    assertThat(d.path("addresses")).isEmpty();
    assertThat(d.path("waiting").get(0).path("ip").asText()).isEqualTo("10.0.0.1");
    assertThat(d.path("waiting").get(0).path("reason").asText()).contains("gw1");
    server.agent("gw1", "n1");
    assertThat(server.query("/gateways/gw2/desired?node=n3").json().path("addresses")).hasSize(1);
  }

  @Test
  void notModified() throws Exception {
    String etag = server.query(PATH).header("ETag");
    for (String known : List.of(etag, "W/" + etag, "\"x\", " + etag, "*")) {
      Got got = poll(known, 0).get(10, TimeUnit.SECONDS);
      assertThat(got.status()).as(known).isEqualTo(304);
      assertThat(got.text()).isEmpty();
      assertThat(got.header("ETag")).isEqualTo(etag);
    }
    assertThat(poll("\"1-1\"", 30).get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
    assertThat(poll(etag, 1).get(10, TimeUnit.SECONDS).status()).isEqualTo(304);
  }

  @Test
  void aLongPollWakesUp() throws Exception {
    String etag = server.query(PATH).header("ETag");
    List<CompletableFuture<Got>> polls = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      polls.add(poll(etag, 30));
    }
    server.allocate("other", ",'gateway':'gw2'"); // not about this gateway
    server.allocate("a", ",'gateway':'gw1'");
    for (CompletableFuture<Got> poll : polls) {
      Got got = poll.get(20, TimeUnit.SECONDS);
      assertThat(got.status()).isEqualTo(200);
      assertThat(got.json().path("addresses")).hasSize(1);
      assertThat(got.header("ETag")).isNotEqualTo(etag);
    }
  }

  @Test
  void closingEndsAPoll() throws Exception {
    String etag = server.query(PATH).header("ETag");
    CompletableFuture<Got> poll = poll(etag, 60);
    long before = System.nanoTime();
    server.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    assertThat(poll.handle((got, fault) -> true).get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void wrong() {
    assertThat(server.query("/gateways/no/desired?node=n1").field("code"))
        .isEqualTo("GatewayUnknown");
    assertThat(server.query("/gateways/gw1/desired").field("field")).isEqualTo("node");
    assertThat(server.query(PATH + "&wait=61").field("allowed")).isEqualTo("0 to 60");
  }

  private long sequence() {
    return server.query("").json().path("sequence").asLong();
  }

  /** What was touched since, and nothing of all the rest. */
  @Test
  void sinceAnEvent() {
    server.allocate("a", ",'gateway':'gw1'");
    server.allocate("b", ",'gateway':'gw1'");
    JsonNode whole = server.query(PATH).json();
    assertThat(whole.path("addresses")).hasSize(2);
    assertThat(whole.has("since")).isFalse();
    long since = whole.path("sequence").asLong();
    server.must("BindFip", "{'ip':'10.0.0.2','internalIp':'192.168.0.5','vpc':'v'}");
    Got got = server.query(PATH + "&since=" + since);
    JsonNode part = got.json();
    assertThat(part.path("since").asLong()).isEqualTo(since);
    assertThat(part.path("sequence").asLong()).isEqualTo(sequence());
    assertThat(part.path("touched")).hasSize(1);
    assertThat(part.path("touched").get(0).asText()).isEqualTo("10.0.0.2");
    assertThat(part.path("addresses")).hasSize(1);
    assertThat(part.path("rules").get(0).path("ip").asText()).isEqualTo("10.0.0.2");
    assertThat(got.header("ETag"))
        .isEqualTo("\"" + part.path("epoch") + "-" + part.path("revision") + "\"");
  }

  /** The whole, where a part cannot be told: events forgotten, or not yet there, or a move. */
  @Test
  void theWholeIfNoPartCanBeTold() {
    server.allocate("a", ",'gateway':'gw1'");
    long since = sequence();
    server.allocate("b", ",'gateway':'gw1'");
    assertThat(server.query(PATH + "&since=" + (sequence() + 1)).json().has("since")).isFalse();
    server.allocator.mostRecent = 0;
    JsonNode forgotten = server.query(PATH + "&since=" + since).json();
    assertThat(forgotten.has("since")).isFalse();
    assertThat(forgotten.path("addresses")).hasSize(2);
    server.allocator.mostRecent = Integer.MAX_VALUE;
    assertThat(server.query(PATH + "&since=" + since).json().has("since")).isTrue();
    server.must("RescheduleGateway", "{'gateway':'gw1'}");
    JsonNode moved = server.query(PATH + "&since=" + since).json();
    assertThat(moved.has("since")).isFalse();
    assertThat(moved.path("withdraw")).hasSize(2);
  }
}
