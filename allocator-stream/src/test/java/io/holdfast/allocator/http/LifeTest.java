package io.holdfast.allocator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.allocator.http.TestServer.Got;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Revisions, tags, leases and the like over HTTP. */
class LifeTest {
  private final TestServer server = new TestServer().world();

  @AfterEach
  void stop() {
    server.close();
  }

  private Got ifMatch(String command, String body, String tag) {
    return server.send(
        server.posting("/v1/networks/prod/commands/" + command, body).header("If-Match", tag));
  }

  @Test
  void whatIsReadHasARevisionThatACommandCanAskFor() {
    server.allocate("a", "");
    Got read = server.query("/eips/10.0.0.1");
    String tag = read.header("ETag");
    assertThat(tag).isEqualTo("\"" + read.json().path("revision").asLong() + "\"");
    String body = "{'ip':'10.0.0.1','set':{'env':'prod'}}";
    assertThat(ifMatch("TagEip", body, tag).status()).isEqualTo(201);
    Got stale = ifMatch("TagEip", "{'ip':'10.0.0.1','set':{'env':'test'}}", tag);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.field("code")).isEqualTo("StaleRevision");
    assertThat("\"" + stale.json().path("details").path("revision").asText() + "\"")
        .isEqualTo(server.query("/eips/10.0.0.1").header("ETag"))
        .isNotEqualTo(tag);
    assertThat(ifMatch("RemovePool", "{'pool':'p'}", "\"999\"").status()).isEqualTo(412);
    assertThat(ifMatch("RetireGateway", "{'gateway':'gw1'}", "\"0\"").status()).isEqualTo(412);
    assertThat(server.query("/pools/p").header("ETag")).matches("\"[1-9]\\d*\"");
    assertThat(server.query("/gateways/gw1").header("ETag")).matches("\"[1-9]\\d*\"");
    assertThat(server.query("/eips/10.0.0.77").header("ETag")).isEqualTo("\"0\"");
  }

  @Test
  void entityTagsThatAreNoGood() {
    for (String tag : List.of("5", "*", "W/\"5\"", "\"5\", \"6\"", "\"x\"")) {
      Got got = ifMatch("RemovePool", "{'pool':'p'}", tag);
      assertThat(got.status()).as(tag).isEqualTo(422);
      assertThat(got.field("field")).isEqualTo("If-Match");
      assertThat(got.field("value")).isEqualTo(tag);
    }
    Got nothing = ifMatch("SetQuota", "{'tenant':'t','limit':1}", "\"5\"");
    assertThat(nothing.status()).isEqualTo(422);
    assertThat(nothing.field("field")).isEqualTo("meta.ifRevision");
  }

  private List<String> listed(String filter) {
    List<String> ips = new ArrayList<>();
    server
        .query("/eips?" + filter)
        .json()
        .path("items")
        .forEach(item -> ips.add(item.path("ip").asText()));
    return ips;
  }

  @Test
  void listsByTag() {
    server.allocate("a", ",'tags':{'env':'prod','team':'edge'}");
    server.allocate("b", ",'tags':{'env':'prod'}");
    server.allocate("c", "");
    assertThat(listed("tag=env=prod")).containsExactly("10.0.0.1", "10.0.0.2");
    assertThat(listed("tag=env=prod&tag=team=edge")).containsExactly("10.0.0.1");
    assertThat(listed("tag=env=")).isEmpty();
    for (String tag : List.of("env", "=x", "env=a&tag=env=b")) {
      assertThat(server.query("/eips?tag=" + tag).status()).as(tag).isEqualTo(422);
    }
  }

  @Test
  void anEipShowsItsTerms() {
    server.allocate("a", ",'leaseMs':60000,'tags':{'env':'prod'}");
    server.must("TransferEip", "{'ip':'10.0.0.1','toTenant':'other','validMs':30000}");
    JsonNode e = server.query("/eips/10.0.0.1").json();
    assertThat(e.path("leaseMs").asLong()).isEqualTo(60_000);
    assertThat(e.path("leaseUntil").asText()).isEqualTo("2026-01-01T00:01:00Z");
    assertThat(e.path("tags").path("env").asText()).isEqualTo("prod");
    assertThat(e.path("offer").path("tenant").asText()).isEqualTo("other");
    assertThat(e.path("offer").path("until").asText()).isEqualTo("2026-01-01T00:00:30Z");
    assertThat(e.has("adopted")).isFalse();
    server.must("AdoptEip", "{'ip':'10.0.0.9','owner':{'tenant':'t','kind':'VM','name':'old'}}");
    assertThat(server.query("/eips/10.0.0.9").json().path("adopted").asBoolean()).isTrue();
    assertThat(server.query("/eips/10.0.0.1/explain").text())
        .contains("Its lease ends at 2026-01-01T00:01:00Z")
        .contains("It is offered to tenant other");
  }

  @Test
  void conflicts() {
    server.allocate("a", "");
    server.report("ConflictSeen", "{'ip':'10.0.0.1','by':'02:00:00:00:00:66'}");
    server.report("ConflictSeen", "{'ip':'10.0.0.9','by':'02:00:00:00:00:66'}");
    JsonNode e = server.query("/eips/10.0.0.1").json();
    assertThat(e.path("phase").asText()).isEqualTo("Allocated");
    assertThat(e.path("conflict").path("by").asText()).isEqualTo("02:00:00:00:00:66");
    assertThat(server.query("/eips/10.0.0.1/explain").text())
        .contains("NoConflict is False: critical: 02:00:00:00:00:66");
    JsonNode free = server.query("/eips/10.0.0.9").json();
    assertThat(free.path("phase").asText()).isEqualTo("Quarantined");
    assertThat(free.path("quarantinedUntil").asText()).isEqualTo("2026-01-02T00:00:00Z");
    assertThat(free.has("freeAt")).isFalse();
  }
}
