package io.holdfast.allocator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.allocator.http.TestServer.Got;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Quotas, who waits, bundles, and explanations. */
class WaitingQueriesTest {
  private static final String POD = "'owner':{'tenant':'acme','kind':'Pod','name':'%s'}";

  private final TestServer server = new TestServer().world();

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode ok(String path) {
    Got got = server.query(path);
    assertThat(got.status()).as(got.text()).isEqualTo(200);
    return got.json();
  }

  private void notFound(String path, String code) {
    Got got = server.query(path);
    assertThat(got.status()).as(got.text()).isEqualTo(404);
    assertThat(got.field("code")).isEqualTo(code);
  }

  private static String text(JsonNode sentences) {
    List<String> all = new ArrayList<>();
    sentences.forEach(s -> all.add(s.asText()));
    return String.join("\n", all);
  }

  private List<Long> tickets(String query) {
    List<Long> all = new ArrayList<>();
    ok("/waiting" + query).path("items").forEach(i -> all.add(i.path("ticket").asLong()));
    return all;
  }

  /** A pool of one address, taken, for which two wait. */
  private List<Long> twoWait() {
    server.must("DefinePool", "{'pool':'q','family':'V4','ranges':['10.9.0.1'],'cooldownMs':1000}");
    server.must("AllocateEip", "{'pools':['q']," + POD.formatted("a") + "}");
    List<Long> tickets = new ArrayList<>();
    for (String owner : List.of("b", "c")) {
      JsonNode waiting =
          server
              .must(
                  "AllocateEip",
                  "{'pools':['q'],'onExhausted':'WAIT','waitMs':60000,'tags':{'x':'y'},"
                      + POD.formatted(owner)
                      + "}")
              .json()
              .path("waiting");
      tickets.add(waiting.path("ticket").asLong());
      assertThat(waiting.path("position").asInt()).isEqualTo(tickets.size());
      assertThat(waiting.path("deadline").asText()).isEqualTo("2026-01-01T00:01:00Z");
    }
    return tickets;
  }

  @Test
  void quotas() {
    server.must("SetQuota", "{'tenant':'acme','limit':2}");
    server.must("SetQuota", "{'tenant':'a/b ~','limit':0}");
    server.allocate("a", "");
    JsonNode all = ok("/quotas").path("items");
    assertThat(all).hasSize(2);
    assertThat(all.get(0).path("tenant").asText()).isEqualTo("a/b ~");
    assertThat(all.get(1)).hasToString("{\"tenant\":\"acme\",\"limit\":2,\"used\":1}");
    assertThat(ok("/quotas/acme").path("used").asInt()).isEqualTo(1);
    assertThat(ok("/quotas/a%2Fb%20~").path("limit").asInt()).isZero();
    JsonNode first = ok("/quotas?limit=1");
    assertThat(ok("/quotas?limit=1&after=a%2Fb%20~").path("items").get(0).path("tenant").asText())
        .isEqualTo("acme");
    assertThat(first.path("next").asText()).isEqualTo("a/b ~");
    notFound("/quotas/zz", "QuotaUnknown");
    assertThat(server.query("/quotas?tenant=acme").status()).isEqualTo(422);
  }

  @Test
  void waiting() {
    List<Long> tickets = twoWait();
    assertThat(tickets("")).isEqualTo(tickets);
    assertThat(tickets("?pool=q&tenant=acme")).isEqualTo(tickets);
    assertThat(tickets("?pool=p")).isEmpty();
    assertThat(tickets("?tenant=zz")).isEmpty();
    assertThat(tickets("?limit=1")).containsExactly(tickets.getFirst());
    assertThat(tickets("?after=" + tickets.getFirst())).containsExactly(tickets.getLast());
    JsonNode one = ok("/waiting/" + tickets.getLast());
    assertThat(one.path("position").asInt()).isEqualTo(2);
    assertThat(one.path("owner").path("name").asText()).isEqualTo("c");
    assertThat(one.path("since").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(one.path("deadline").asText()).isEqualTo("2026-01-01T00:01:00Z");
    assertThat(one.path("pools").get(0).asText()).isEqualTo("q");
    assertThat(one.path("request").path("tags").path("x").asText()).isEqualTo("y");
    assertThat(one.path("commandId").asText()).isNotEmpty();
    assertThat(ok("/pools/q").path("waiting").asInt()).isEqualTo(2);
    assertThat(ok("/pools/q").path("conditions").get(0).path("reason").asText())
        .isEqualTo("Exhausted");
    notFound("/waiting/1", "NotWaiting");
    assertThat(server.query("/waiting/x").json().path("allowed").asText()).startsWith("1 to ");
    assertThat(server.query("/waiting?after=x").status()).isEqualTo(422);
    server.must("CancelAllocation", "{" + POD.formatted("b") + "}");
    assertThat(ok("/waiting/" + tickets.getLast()).path("position").asInt()).isEqualTo(1);
    server.allocator.pass(Duration.ofMinutes(2));
    assertThat(tickets("")).isEmpty();
  }

  @Test
  void explanations() {
    twoWait();
    JsonNode pool = ok("/pools/q/explain");
    assertThat(pool.path("pool").asText()).isEqualTo("q");
    assertThat(pool.path("conditions").get(0).path("status").asText()).isEqualTo("False");
    assertThat(text(pool.path("state"))).contains("2 requests wait for it");
    assertThat(text(pool.path("unblock"))).contains("ResizePool");
    notFound("/pools/no/explain", "PoolUnknown");

    server.allocate("x", ",'gateway':'gw1'");
    JsonNode gateway = ok("/gateways/gw1/explain");
    assertThat(text(gateway.path("why"))).contains("1 of 1 EIP and 0 of 0 rules are not ready.");
    assertThat(gateway.path("conditions")).isEqualTo(ok("/gateways/gw1").path("conditions"));
    assertThat(gateway.path("conditions")).hasSize(4);
    assertThat(ok("/gateways").path("items").get(0).path("conditions")).hasSize(4);
    notFound("/gateways/no/explain", "GatewayUnknown");

    Got refused =
        server.send(
            server
                .posting(
                    "/v1/networks/prod/commands/AllocateEip",
                    "{'pools':['q']," + POD.formatted("d") + "}")
                .header("Idempotency-Key", "cmd-1"));
    assertThat(refused.status()).isEqualTo(409);
    JsonNode outcome = ok("/outcomes/cmd-1/explain");
    assertThat(outcome.path("accepted").asBoolean()).isFalse();
    assertThat(outcome.path("code").asText()).isEqualTo("PoolExhausted");
    assertThat(text(outcome.path("why"))).contains("Now pool q: 0 of 1 free.");
    notFound("/outcomes/no/explain", "OutcomeUnknown");
  }

  @Test
  void bundles() {
    Got done =
        server.must(
            "AllocateBundle",
            "{'items':[{'request':{'pools':['p'],'gateway':'gw1',"
                + POD.formatted("web")
                + "},'rules':[{'kind':'Fip','internalIp':'192.168.0.5','vpc':'v'}]},"
                + "{'request':{'gateway':'gw1',"
                + POD.formatted("db")
                + "},'rules':[{'kind':'Dnat','protocol':'TCP','port':443,'internalIp':'192.168.0.6',"
                + "'internalPort':8443,'vpc':'v'},{'kind':'Snat','source':'10.1.0.0/16','vpc':'v'}]}]}");
    assertThat(done.json().path("grants")).hasSize(2);
    List<String> rules = new ArrayList<>();
    ok("/rules").path("items").forEach(r -> rules.add(r.path("kind").asText()));
    assertThat(rules).containsExactly("Fip", "Dnat", "Snat");
  }

  @Test
  void aRuleOfABundleSaysItsKind() {
    String item = "{'items':[{'request':{" + POD.formatted("web") + "},'rules':[%s]}]}";
    Got none = server.command("AllocateBundle", item.formatted("{'internalIp':'10.0.0.1'}"));
    assertThat(none.status()).isEqualTo(422);
    assertThat(none.field("field")).isEqualTo("items[0].rules[0].kind");
    assertThat(none.field("allowed")).isEqualTo("one of Fip, Dnat, Snat");
    Got other = server.command("AllocateBundle", item.formatted("{'kind':'Nat'}"));
    assertThat(other.field("value")).isEqualTo("Nat");
    Got missing = server.command("AllocateBundle", item.formatted("{'kind':'Fip','vpc':'v'}"));
    assertThat(missing.field("field")).isEqualTo("items[0].rules[0].internalIp");
    Got extra =
        server.command(
            "AllocateBundle",
            item.formatted("{'kind':'Fip','vpc':'v','internalIp':'10.0.0.1','port':1}"));
    assertThat(extra.field("field")).isEqualTo("items[0].rules[0].port");
    Got text = server.command("AllocateBundle", item.formatted("'Fip'"));
    assertThat(text.field("field")).isEqualTo("items[0].rules[0]");
    assertThat(text.field("allowed")).isEqualTo("an object whose kind is one of Fip, Dnat, Snat");
  }

  /** Why an address was chosen, and what is waited for, are objects like any other part. */
  @Test
  void eventsSayWhy() {
    twoWait();
    String events = server.get("/v1/networks/prod/events?follow=false").text();
    assertThat(events).contains("\"choice\":{\"why\":\"NEVER_USED\",\"skipped\":[]}");
    assertThat(events).contains("\"deadline\":\"2026-01-01T00:01:00Z\"");
    assertThat(events).contains("\"pools\":[\"q\"]");
  }

  @Test
  void theDescriptionHasTheKindsOfRules() {
    JsonNode rules =
        OpenApi.document().at("/components/schemas/BundleItem/properties/rules/items/oneOf");
    assertThat(rules).hasSize(3);
    assertThat(rules.get(1).at("/properties/kind/const").asText()).isEqualTo("Dnat");
    assertThat(text(rules.get(1).path("required"))).contains("port", "kind");
  }
}
