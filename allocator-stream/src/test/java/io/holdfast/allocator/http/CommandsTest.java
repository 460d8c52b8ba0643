package io.holdfast.allocator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.allocator.http.TestServer.Got;
import io.holdfast.domain.outcome.RefusalCode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandsTest {
  private final TestServer server =
      new TestServer(HttpApiOptions.DEFAULT.withCommandTimeout(Duration.ofMillis(200))).world();

  @AfterEach
  void stop() {
    server.close();
  }

  private static void isProblem(Got got, int status, String code) {
    assertThat(got.status()).as(got.text()).isEqualTo(status);
    assertThat(got.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(got.field("type")).isEqualTo("about:blank");
    assertThat(got.field("title")).isEqualTo(code);
    assertThat(got.field("code")).isEqualTo(code);
    assertThat(got.json().path("status").asInt()).isEqualTo(status);
    assertThat(got.field("detail")).isNotEmpty();
  }

  private static void isInvalid(Got got, String field, String value, String allowed) {
    isProblem(got, 422, "Invalid");
    assertThat(got.field("field")).isEqualTo(field);
    assertThat(got.field("value")).isEqualTo(value);
    assertThat(got.field("allowed")).contains(allowed);
  }

  @Test
  void acceptedAndChanged() {
    Got got = server.allocate("a", "");
    assertThat(got.status()).isEqualTo(201);
    assertThat(got.field("commandId")).hasSize(36);
    assertThat(got.json().path("changed").asBoolean()).isTrue();
    assertThat(got.json().path("sequence").asLong()).isPositive();
    assertThat(got.json().path("grants").get(0).path("ip").asText()).isEqualTo("10.0.0.1");
    assertThat(got.json().path("grants").get(0).path("pool").asText()).isEqualTo("p");
    assertThat(got.json().path("grants").get(0).path("tenure").asLong())
        .isEqualTo(got.json().path("sequence").asLong());
  }

  @Test
  void acceptedAllWasAsWished() {
    server.allocate("a", "");
    Got got = server.command("AllocateEip", "{'owner':{'tenant':'acme','kind':'Pod','name':'a'}}");
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.json().path("changed").asBoolean()).isFalse();
    assertThat(got.json().path("grants")).hasSize(1);
  }

  @Test
  void dryRun() {
    Got got =
        server.command(
            "AllocateEip?dryRun=true", "{'owner':{'tenant':'acme','kind':'Pod','name':'a'}}");
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.json().path("grants")).hasSize(1);
    assertThat(server.query("/eips").json().path("items")).isEmpty();
  }

  @Test
  void aRetryGetsTheFirstAnswer() {
    String body = "{'owner':{'tenant':'acme','kind':'Pod','name':'a'},'count':2}";
    String path = "/v1/networks/prod/commands/AllocateEip";
    Got first = server.send(server.posting(path, body).header("Idempotency-Key", "k/1"));
    server.must("ReleaseEip", "{'ip':'10.0.0.1'}");
    Got again = server.send(server.posting(path, body).header("Idempotency-Key", "k/1"));
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(first.field("commandId")).isEqualTo("k/1");
  }

  @Test
  void actorAndReasonAreRecorded() {
    server.send(
        server
            .posting("/v1/networks/prod/commands/RemovePool", "{'pool':'p'}")
            .header("Holdfast-Actor", "alice")
            .header("Holdfast-Reason", "UTF-8''Gr%C3%BC%C3%9Fe+1"));
    String events = server.query("/events?follow=false").text();
    assertThat(events).contains("\"actor\":\"alice\"").contains("\"reason\":\"Grüße+1\"");
    assertThat(events).contains("\"actor\":\"http\"");
  }

  @Test
  void invalidByTheDomain() {
    isInvalid(
        server.command("DefineGateway", "{'gateway':'g','candidates':[]}"),
        "candidates",
        "0 nodes",
        "1 to 64 nodes");
  }

  @Test
  void unknownField() {
    isInvalid(
        server.command("RemovePool", "{'pool':'p','force':true}"),
        "force",
        "true",
        "the fields pool");
    isInvalid(
        server.command("AllocateEip", "{'owner':{'tenant':'a','kind':'b','name':'c','nam':'d'}}"),
        "owner.nam",
        "d",
        "tenant, kind, namespace, name, uid");
    isInvalid(server.command("RemovePool", "{'pool':'p','meta':{}}"), "meta", "{}", "pool");
  }

  @Test
  void missingField() {
    isInvalid(server.command("RemovePool", "{}"), "pool", "", "a string");
    isInvalid(
        server.command("AllocateEip", "{'owner':{'tenant':'a','kind':'b'}}"),
        "owner.name",
        "",
        "a string");
  }

  @Test
  void mistypedField() {
    isInvalid(server.command("RemovePool", "{'pool':7}"), "pool", "7", "a string");
    isInvalid(server.command("RemovePool", "{'pool':null}"), "pool", "null", "a string");
    isInvalid(
        server.command("DefineGateway", "{'gateway':'g','candidates':['n1',2]}"),
        "candidates[1]",
        "2",
        "a string");
    isInvalid(
        server.command("DefineGateway", "{'gateway':'g','candidates':'n1'}"),
        "candidates",
        "n1",
        "an array");
    String allocate = "{'owner':{'tenant':'a','kind':'b','name':'c'},";
    isInvalid(server.command("AllocateEip", allocate + "'count':1.5}"), "count", "1.5", "whole");
    isInvalid(
        server.command("AllocateEip", allocate + "'count':3000000000}"),
        "count",
        "3000000000",
        "32 bits");
    isInvalid(
        server.command("AllocateEip", allocate + "'family':'UNKNOWN'}"),
        "family",
        "UNKNOWN",
        "one of V4, V6, DUAL");
    isInvalid(
        server.command("AllocateEip", allocate + "'ip':'10.0.0.300'}"), "ip", "10.0.0.300", "IPv4");
    isInvalid(
        server.command("AddSnat", "{'ip':'10.0.0.1','source':'10.0.0.1/24'}"),
        "source",
        "10.0.0.1/24",
        "host bits");
    isInvalid(
        server.command("ReleaseEip", "{'ip':'10.0.0.1','tenure':'1'}"), "tenure", "1", "whole");
    isInvalid(
        server.command("ReleaseEip", "{'ip':'10.0.0.1','owner':[]}"), "owner", "[]", "an object");
    isInvalid(
        server.command(
            "DefinePool", "{'pool':'q','family':'V4','ranges':['10.1.0.0/24'],'labels':{'a':{}}}"),
        "labels.a",
        "{}",
        "a string");
    isInvalid(
        server.command("BindFip", "{'ip':'10.0.0.1','internalIp':'10.9.9.9','replace':'no'}"),
        "replace",
        "no",
        "true or false");
  }

  @Test
  void nullMayBeSaid() {
    server.allocate("a", ",'ip':null,'node':null");
    Got pool =
        server.must(
            "DefinePool",
            "{'pool':'q','family':'V6','ranges':['2001:db8::/64'],'labels':{'a':'b'},'subnet':null}");
    assertThat(pool.status()).isEqualTo(201);
  }

  @Test
  void notFound() {
    isProblem(server.command("RemovePool", "{'pool':'no'}"), 404, "PoolUnknown");
    isProblem(server.command("RetireGateway", "{'gateway':'no'}"), 404, "GatewayUnknown");
    isProblem(
        server.send(
            server
                .posting("/v1/networks/prod/commands/FenceNode", "{'node':'no'}")
                .header("Holdfast-Reason", "off")),
        404,
        "NodeUnknown");
    isProblem(server.command("ReleaseEip", "{'ip':'10.0.0.9'}"), 404, "AddressNotAllocated");
    server.allocate("a", "");
    isProblem(
        server.command("RemoveDnat", "{'ip':'10.0.0.1','protocol':'TCP','port':80}"),
        404,
        "RuleUnknown");
  }

  @Test
  void forbidden() {
    server.allocate("a", "");
    isProblem(
        server.command(
            "ReleaseEip", "{'ip':'10.0.0.1','owner':{'tenant':'x','kind':'Pod','name':'y'}}"),
        403,
        "NotOwner");
  }

  @Test
  void staleTenure() {
    server.allocate("a", "");
    Got got = server.command("ReleaseEip", "{'ip':'10.0.0.1','tenure':1}");
    isProblem(got, 412, "StaleTenure");
    assertThat(got.json().path("details").path("tenure").asLong()).isGreaterThan(1);
    assertThat(got.json().path("sequence").asLong()).isPositive();
    assertThat(got.field("commandId")).isNotEmpty();
  }

  @Test
  void conflict() {
    server.allocate("a", ",'gateway':'gw1'");
    isProblem(server.command("RetireGateway", "{'gateway':'gw1'}"), 409, "InUse");
    Got exhausted =
        server.command("AllocateEip", "{'owner':{'tenant':'a','kind':'b','name':'c'},'count':256}");
    isProblem(exhausted, 409, "PoolExhausted");
    assertThat(exhausted.json().path("details").size()).isPositive();
  }

  @Test
  void everyCodeHasItsStatus() {
    for (RefusalCode code : RefusalCode.values()) {
      assertThat(CommandStatus.of(code)).isIn(403, 404, 409, 412, 422);
    }
    assertThat(CommandStatus.of(RefusalCode.Unknown)).isEqualTo(409);
  }

  @Test
  void noOutcomeInTime() {
    server.allocator.isSilent = true;
    Got got = server.command("RemovePool", "{'pool':'p'}");
    isProblem(got, 504, "NoOutcome");
    assertThat(got.field("commandId")).hasSize(36);
  }

  @Test
  void theOutcomeCannotBeRead() {
    server.allocator.isUnreadable = true;
    Got got = server.command("RemovePool", "{'pool':'p'}");
    isProblem(got, 500, "OutcomeUnreadable");
    assertThat(got.field("commandId")).hasSize(36);
  }

  @Test
  void brokersAreGone() {
    server.allocator.brokersAreGone = true;
    Got got = server.command("RemovePool", "{'pool':'p'}");
    isProblem(got, 503, "Unavailable");
    assertThat(got.header("Retry-After")).isEqualTo("1");
    assertThat(got.field("detail")).contains("not accepted for delivery");
    assertThat(got.field("commandId")).hasSize(36);
  }

  @Test
  void unknownCommand() {
    Got got = server.command("AllocateEpi", "{}");
    isProblem(got, 404, "NotFound");
    assertThat(got.field("allowed")).contains("AllocateEip").contains("FenceNode");
  }

  @Test
  void headersThatAreNoGood() {
    String path = "/v1/networks/prod/commands/RemovePool";
    isInvalid(
        server.send(server.posting(path, "{'pool':'p'}").header("Idempotency-Key", "a b")),
        "Idempotency-Key",
        "a b",
        "1 to 128");
    isProblem(
        server.send(
            server.posting(path, "{'pool':'p'}").header("Holdfast-Reason", "x".repeat(2000))),
        422,
        "Invalid");
    isInvalid(server.command("RemovePool?dryRun=yes", "{'pool':'p'}"), "dryRun", "yes", "true");
    isInvalid(server.command("RemovePool?dryrun=true", "{'pool':'p'}"), "dryrun", "true", "dryRun");
  }

  @Test
  void outcomesAreRemembered() {
    String path = "/v1/networks/prod/commands/";
    server.send(
        server
            .posting(path + "AllocateEip", "{'owner':{'tenant':'acme','kind':'Pod','name':'a'}}")
            .header("Idempotency-Key", "good/1"));
    server.send(
        server.posting(path + "RemovePool", "{'pool':'no'}").header("Idempotency-Key", "bad"));
    Got good = server.query("/outcomes/good%2F1");
    assertThat(good.status()).as(good.text()).isEqualTo(200);
    assertThat(good.json().path("grants")).hasSize(1);
    Got bad = server.query("/outcomes/bad");
    isProblem(bad, 404, "PoolUnknown");
    assertThat(bad.field("commandId")).isEqualTo("bad");
    Got none = server.query("/outcomes/never");
    isProblem(none, 404, "OutcomeUnknown");
    assertThat(none.json().has("commandId")).isFalse();
    server.allocator.pass(Duration.ofHours(2));
    isProblem(server.query("/outcomes/bad"), 404, "OutcomeUnknown");
  }

  @Test
  void reports() {
    Got got = server.post("/v1/networks/prod/reports/NodeHeartbeat", "{'node':'n9','bootId':'b1'}");
    assertThat(got.status()).isEqualTo(202);
    assertThat(got.field("reportId")).hasSize(36);
    isInvalid(
        server.post("/v1/networks/prod/reports/NodeHeartbeat", "{'node':'n9'}"),
        "bootId",
        "",
        "a string");
    isInvalid(
        server.post(
            "/v1/networks/prod/reports/OwnerCheck", "{'ip':'x','tenure':1,'result':'ABSENT'}"),
        "ip",
        "x",
        "IPv4");
    Got unknown = server.post("/v1/networks/prod/reports/Heartbeat", "{}");
    isProblem(unknown, 404, "NotFound");
    assertThat(unknown.field("allowed")).contains("NodeHeartbeat", "Observation");
    server.allocator.brokersAreGone = true;
    isProblem(
        server.post("/v1/networks/prod/reports/NodeHeartbeat", "{'node':'n9','bootId':'b1'}"),
        503,
        "Unavailable");
  }

  /** Submariner #3336: that a checker could not tell has to get through, or nobody learns of it. */
  @Test
  void aCheckThatCouldNotTell() {
    server.allocate("a", "");
    server.report(
        "OwnerCheck",
        "{'ip':'10.0.0.1','tenure':TENURE,'result':'UNKNOWN'}"
            .replace("TENURE", server.query("/eips/10.0.0.1").json().path("tenure").asText()));
    assertThat(server.query("/eips/10.0.0.1").text()).contains("OwnerKnown\",\"status\":\"Unknown");
  }
}
