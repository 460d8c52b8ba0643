package io.holdfast.allocator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.allocator.http.TestServer.Got;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueriesTest {
  private final TestServer server = new TestServer().world();

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode ok(String path) {
    Got got = server.query(path);
    assertThat(got.status()).as(got.text()).isEqualTo(200);
    assertThat(got.header("Content-Type")).isEqualTo("application/json");
    return got.json();
  }

  private void notFound(String path, String code) {
    Got got = server.query(path);
    assertThat(got.status()).as(got.text()).isEqualTo(404);
    assertThat(got.field("code")).isEqualTo(code);
  }

  private List<String> ips(String query) {
    List<String> all = new ArrayList<>();
    ok("/eips" + query).path("items").forEach(i -> all.add(i.path("ip").asText()));
    return all;
  }

  @Test
  void networks() {
    JsonNode one = ok("");
    assertThat(one.path("network").asText()).isEqualTo("prod");
    assertThat(one.path("sequence").asLong()).isPositive();
    assertThat(one.path("digest").asText()).matches("[0-9a-f]{16}");
    assertThat(one.path("hash").asText()).matches("[0-9a-f]{64}");
    assertThat(one.path("time").asText()).isEqualTo("2026-01-01T00:00:00Z");
    JsonNode all = server.get("/v1/networks").json();
    assertThat(all.path("items").get(0)).isEqualTo(one);
    assertThat(all.has("next")).isFalse();
    assertThat(server.get("/v1/networks/empty").field("code")).isEqualTo("NetworkUnknown");
    assertThat(server.get("/v1/networks/empty/eips").json().path("items")).isEmpty();
  }

  @Test
  void pools() {
    server.must("DefinePool", "{'pool':'six','family':'V6','ranges':['2001:db8::/64']}");
    server.allocate("a", "");
    server.must("ReleaseEip", "{'ip':'10.0.0.1'}");
    JsonNode p = ok("/pools/p");
    assertThat(p.path("definition").path("subnet").asText()).isEqualTo("10.0.0.0/24");
    assertThat(p.path("definition").path("ownerCheck").path("confirmations").asInt()).isEqualTo(3);
    assertThat(p.path("size").asText()).isEqualTo("254");
    assertThat(p.path("free").asText()).isEqualTo("253");
    assertThat(p.path("coolingDown").asInt()).isEqualTo(1);
    assertThat(p.path("nextFreeAt").asText()).isEqualTo("2026-01-01T00:05:00Z");
    assertThat(ok("/pools").path("items")).hasSize(2);
    assertThat(ok("/pools/six").path("size").asText()).isEqualTo("18446744073709551615");
    notFound("/pools/no", "PoolUnknown");
  }

  @Test
  void oneEip() {
    server.allocate("a", ",'gateway':'gw1','node':'n1'");
    server.must("BindFip", "{'ip':'10.0.0.1','internalIp':'192.168.0.5'}");
    server.agent("gw1", "n1");
    JsonNode e = ok("/eips/10.0.0.1");
    assertThat(e.path("phase").asText()).isEqualTo("Allocated");
    assertThat(e.path("owner").path("name").asText()).isEqualTo("a");
    assertThat(e.path("node").asText()).isEqualTo("n1");
    assertThat(e.path("gateway").asText()).isEqualTo("gw1");
    assertThat(e.path("since").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(e.path("ready").asBoolean()).isTrue();
    assertThat(e.path("retained").asBoolean()).isFalse();
    assertThat(e.path("sequence").asLong()).isPositive();
    assertThat(e.path("conditions")).hasSize(7);
    assertThat(e.path("conditions").get(0).path("type").asText()).isEqualTo("Ready");
    assertThat(e.path("conditions").get(0).path("status").asText()).isEqualTo("True");
    assertThat(e.path("conditions").get(0).has("since")).isFalse();
    assertThat(e.path("rules").get(0).path("kind").asText()).isEqualTo("Fip");
    assertThat(e.path("rules").get(0).path("internalIp").asText()).isEqualTo("192.168.0.5");
    assertThat(e.path("rules").get(0).path("ready").asBoolean()).isTrue();
    assertThat(e.path("carriages").get(0).path("prefixLength").asInt()).isEqualTo(24);
    assertThat(ok("/eips/10.0.0.77").path("phase").asText()).isEqualTo("Free");
    notFound("/eips/10.7.0.1", "AddressUnknown");
    assertThat(server.query("/eips/banana").status()).isEqualTo(422);
  }

  @Test
  void explain() {
    server.allocate("a", ",'gateway':'gw1'");
    JsonNode e = ok("/eips/10.0.0.1/explain");
    assertThat(e.path("state").get(0).asText()).contains("is held by acme/Pod/a");
    assertThat(e.path("why").get(0).asText()).contains("NotSeenYet");
    assertThat(e.path("unblock").get(0).asText()).contains("gw1");
    assertThat(e.path("ready").asBoolean()).isFalse();
    notFound("/eips/10.7.0.1/explain", "AddressUnknown");
  }

  @Test
  void eipFilters() {
    server.allocate("a", ",'gateway':'gw1'");
    server.agent("gw1", "n1");
    server.allocate("b", "");
    server.must(
        "AllocateEip",
        "{'owner':{'tenant':'zz','kind':'Vm','namespace':'x','name':'c','uid':'u-1'},'gateway':'gw2'}");
    server.must("ReleaseEip", "{'ip':'10.0.0.2'}");
    assertThat(ips("")).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3");
    assertThat(ips("?phase=CoolingDown")).containsExactly("10.0.0.2");
    assertThat(ips("?pool=p")).hasSize(3);
    assertThat(ips("?pool=q")).isEmpty();
    assertThat(ips("?tenant=zz")).containsExactly("10.0.0.3");
    assertThat(ips("?gateway=gw1")).containsExactly("10.0.0.1");
    assertThat(ips("?owner=zz/Vm/x/c")).containsExactly("10.0.0.3");
    assertThat(ips("?owner=zz/Vm/x/c%23u-1")).containsExactly("10.0.0.3");
    assertThat(ips("?owner=u-1")).containsExactly("10.0.0.3");
    assertThat(ips("?owner=a")).containsExactly("10.0.0.1");
    assertThat(ips("?owner=acme/Pod/a")).containsExactly("10.0.0.1");
    assertThat(ips("?ready=true")).containsExactly("10.0.0.1");
    assertThat(ips("?ready=false&phase=Allocated")).containsExactly("10.0.0.3");
  }

  @Test
  void rules() {
    server.allocate("a", ",'gateway':'gw1','count':2");
    server.must("BindFip", "{'ip':'10.0.0.1','internalIp':'192.168.0.5'}");
    server.must(
        "AddDnat",
        "{'ip':'10.0.0.2','protocol':'TCP','port':443,'internalIp':'192.168.0.6','internalPort':8443}");
    server.agent("gw1", "n1");
    server.must("AddSnat", "{'ip':'10.0.0.2','source':'192.168.0.0/24','vpc':'v'}");
    JsonNode all = ok("/rules").path("items");
    assertThat(all).hasSize(3);
    assertThat(all.get(1).path("rule").asText()).isEqualTo("dnat/tcp/443");
    assertThat(all.get(1).path("target").asText()).isEqualTo("192.168.0.6:8443");
    assertThat(all.get(1).path("protocol").asText()).isEqualTo("TCP");
    assertThat(all.get(2).path("source").asText()).isEqualTo("192.168.0.0/24");
    assertThat(all.get(2).path("conditions")).hasSize(2);
    assertThat(ok("/rules?ip=10.0.0.1").path("items")).hasSize(1);
    assertThat(ok("/rules?kind=Snat").path("items")).hasSize(1);
    assertThat(ok("/rules?gateway=gw1").path("items")).hasSize(3);
    assertThat(ok("/rules?gateway=gw2").path("items")).isEmpty();
    assertThat(ok("/rules?ready=true").path("items")).hasSize(2);
    assertThat(ok("/rules?ready=false").path("items")).hasSize(1);
    JsonNode first = ok("/rules?limit=2");
    assertThat(first.path("next").asText()).isEqualTo("10.0.0.2/dnat/tcp/443");
    assertThat(ok("/rules?limit=2&after=10.0.0.2/dnat/tcp/443").path("items")).hasSize(1);
    assertThat(server.query("/rules?after=x").status()).isEqualTo(422);
    assertThat(server.query("/rules?kind=fip").field("allowed")).contains("Fip");
  }

  @Test
  void gateways() {
    server.allocate("a", ",'gateway':'gw1','count':2");
    server.must("BindFip", "{'ip':'10.0.0.1','internalIp':'192.168.0.5'}");
    server.agent("gw1", "n1");
    server.must("RescheduleGateway", "{'gateway':'gw1'}");
    JsonNode g = ok("/gateways/gw1");
    assertThat(g.path("epoch").asInt()).isEqualTo(2);
    assertThat(g.path("node").asText()).isEqualTo("n2");
    assertThat(g.path("active").asBoolean()).isFalse();
    assertThat(g.path("candidates")).hasSize(2);
    assertThat(g.path("unfenced").get(0).path("node").asText()).isEqualTo("n1");
    assertThat(g.path("unfenced").get(0).path("fenceAt").asText()).endsWith("Z");
    assertThat(g.path("eips").path("total").asInt()).isEqualTo(2);
    assertThat(g.path("eips").path("ready").asInt()).isZero();
    assertThat(g.path("rules").path("total").asInt()).isEqualTo(1);
    assertThat(g.path("drifts").asInt()).isZero();
    assertThat(g.path("driftItems")).isEmpty();
    assertThat(g.has("probe")).isFalse();
    server.report("ProbeResult", "{'gateway':'gw2','generation':1,'ok':false,'detail':'timeout'}");
    server.report(
        "Observation",
        "{'gateway':'gw2','node':'n3','epoch':1,'number':1,'appliedRevision':%d,'complete':true,'addresses':[{'ip':'10.0.0.9','prefixLength':32}],'rules':[]}"
            .formatted(ok("/gateways/gw2").path("revision").asLong()));
    JsonNode other = ok("/gateways").path("items").get(1);
    assertThat(other.path("probe").path("failures").asInt()).isEqualTo(1);
    assertThat(other.path("drifts").asInt()).isEqualTo(1);
    notFound("/gateways/no", "GatewayUnknown");
  }

  @Test
  void whatConcernsANode() {
    server.report("InstanceStarted", "{'gateway':'gw1','node':'n1','bootId':'b1','instance':'i1'}");
    JsonNode n1 = ok("/nodes/n1/gateways");
    assertThat(n1.path("bootId").asText()).isEqualTo("b1");
    assertThat(n1.path("up").asBoolean()).isTrue();
    assertThat(n1.path("contactAgeMs").asLong())
        .isCloseTo(System.currentTimeMillis() - MemoryAllocator.START, within(30_000L));
    assertThat(n1.path("items")).hasSize(1);
    JsonNode gw1 = n1.path("items").get(0);
    assertThat(gw1.path("gateway").asText()).isEqualTo("gw1");
    assertThat(gw1.path("current").asBoolean()).isTrue();
    assertThat(gw1.path("instance").asText()).isEqualTo("i1");
    assertThat(gw1.path("fenceAfterMs").asLong()).isEqualTo(10_000);
    assertThat(gw1.path("unfenced")).isEmpty();

    server.must("RescheduleGateway", "{'gateway':'gw1'}");
    JsonNode left = ok("/nodes/n1/gateways").path("items").get(0);
    assertThat(left.path("current").asBoolean()).isFalse();
    assertThat(left.path("candidate").asBoolean()).isTrue();
    assertThat(left.path("unfenced").get(0).asLong()).isEqualTo(1);
    JsonNode now = ok("/nodes/n2/gateways").path("items").get(0);
    assertThat(now.path("current").asBoolean()).isTrue();
    assertThat(now.path("active").asBoolean()).isFalse();
    assertThat(now.path("epoch").asLong()).isEqualTo(2);
    assertThat(now.has("instance")).isFalse();

    JsonNode stranger = ok("/nodes/n9/gateways");
    assertThat(stranger.path("items")).isEmpty();
    assertThat(stranger.has("contactAgeMs")).isFalse();
    assertThat(stranger.has("bootId")).isFalse();
  }

  @Test
  void nodes() {
    JsonNode n = ok("/nodes/n1");
    assertThat(n.path("bootId").asText()).isEqualTo("b1");
    assertThat(n.path("up").asBoolean()).isTrue();
    assertThat(n.path("lastSeen").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(n.path("overdue").asBoolean()).isFalse();
    assertThat(ok("/nodes?limit=2").path("items")).hasSize(2);
    assertThat(ok("/nodes?limit=2").path("next").asText()).isEqualTo("n2");
    assertThat(ok("/nodes?limit=2&after=n2").path("items")).hasSize(1);
    notFound("/nodes/no", "NodeUnknown");
  }

  @Test
  void paging() {
    server.allocate("a", ",'count':7");
    List<String> seen = new ArrayList<>();
    String after = "";
    int pages = 0;
    do {
      JsonNode page = ok("/eips?limit=3" + after);
      page.path("items").forEach(i -> seen.add(i.path("ip").asText()));
      after = page.has("next") ? "&after=" + page.path("next").asText() : "";
      pages++;
    } while (!after.isEmpty());
    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(7).isSorted().doesNotHaveDuplicates();
    assertThat(ok("/eips?limit=7").has("next")).isFalse();
    assertThat(ok("/eips?after=10.0.0.5").path("items")).hasSize(2);
    assertThat(ok("/eips?after=9.0.0.0").path("items")).hasSize(7);
  }

  @Test
  void aFilteredScanStopsAfterABoundedNumberOfEntries() {
    server.must("DefinePool", "{'pool':'big','family':'V4','ranges':['10.64.0.0/18']}");
    for (int i = 0; i < 20; i++) {
      server.allocate("o" + i, ",'count':256,'pools':['big']");
    }
    JsonNode page = ok("/eips?tenant=nobody");
    assertThat(page.path("items")).isEmpty();
    assertThat(page.has("next")).isTrue();
    JsonNode rest = ok("/eips?tenant=nobody&after=" + page.path("next").asText());
    assertThat(rest.path("items")).isEmpty();
    assertThat(rest.has("next")).isFalse();
  }

  @Test
  void wrongParameters() {
    for (String query :
        List.of(
            "limit=-1",
            "limit=0",
            "limit=1001",
            "limit=x",
            "limit=99999999999999999999",
            "ready=maybe",
            "phase=ALLOCATED",
            "after=zz",
            "tennant=a")) {
      Got got = server.query("/eips?" + query);
      assertThat(got.status()).as(query).isEqualTo(422);
      assertThat(got.field("field")).isEqualTo(query.split("=", 2)[0]);
      assertThat(got.field("allowed")).isNotEmpty();
    }
  }

  @Test
  void movingAndUnavailable() {
    server.allocator.places =
        network -> new io.holdfast.allocator.service.AllocatorApi.Place.Moving("being restored");
    Got got = server.query("/eips");
    assertThat(got.status()).isEqualTo(503);
    assertThat(got.header("Retry-After")).isEqualTo("1");
    assertThat(got.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(got.field("detail")).contains("being restored");
  }

  @Test
  void operation() {
    assertThat(server.get("/healthz").status()).isEqualTo(200);
    assertThat(server.get("/readyz").status()).isEqualTo(200);
    server.allocator.missing = "3 of 4 partitions";
    Got unready = server.get("/readyz");
    assertThat(unready.status()).isEqualTo(503);
    assertThat(unready.field("detail")).isEqualTo("3 of 4 partitions");
    server.query("/eips/10.0.0.1");
    server.get("/nothing/here");
    Got metrics = server.get("/metrics");
    assertThat(metrics.header("Content-Type")).startsWith("text/plain");
    assertThat(metrics.text())
        .contains("holdfast_http_requests_seconds_count")
        .contains("route=\"/v1/networks/{network}/eips/{ip}\",status=\"200\"")
        .contains("route=\"none\",status=\"404\"")
        .doesNotContain("10.0.0.1");
  }

  @Test
  void aFaultInsideStaysInside() {
    server.allocator.breaksDown = true;
    Got got = server.query("/eips");
    assertThat(got.status()).isEqualTo(500);
    assertThat(got.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(got.text()).doesNotContain("secret").doesNotContain("Exception");
  }

  @Test
  void timeIsShown() {
    server.allocate("a", "");
    server.must("ReleaseEip", "{'ip':'10.0.0.1'}");
    server.allocator.pass(Duration.ofMinutes(6));
    assertThat(ok("/eips/10.0.0.1").path("phase").asText()).isEqualTo("Free");
  }
}
