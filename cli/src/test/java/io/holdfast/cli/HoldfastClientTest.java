package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.cli.client.CommandAnswer;
import io.holdfast.cli.client.Desired;
import io.holdfast.cli.client.Grant;
import io.holdfast.cli.client.HoldfastClient;
import io.holdfast.cli.client.Intent;
import io.holdfast.cli.client.Json;
import io.holdfast.cli.client.ServiceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client as other programs use it. */
class HoldfastClientTest {
  private ScriptedService service;
  private HoldfastClient client;

  @BeforeEach
  void start() throws IOException {
    service = new ScriptedService();
    client = new HoldfastClient(service.url(), Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() {
    client.close();
    service.close();
  }

  @Test
  void anAcceptedCommandHasGrants() {
    service.on(
        "/v1/networks/n/commands/AllocateEip",
        201,
        """
        {"commandId": "c", "changed": true, "sequence": 3,
         "grants": [{"ip": "203.0.113.7", "tenure": 3, "pool": "p"}]}
        """);

    CommandAnswer answer =
        client.command("n", "AllocateEip", Json.object(), Intent.by("demo").because("why"));

    assertThat(answer)
        .isInstanceOfSatisfying(
            CommandAnswer.Accepted.class,
            a -> assertThat(a.grants()).containsExactly(new Grant("203.0.113.7", 3, "p")));
    assertThat(service.only().header("Holdfast-reason")).isEqualTo("why");
  }

  @Test
  void aRefusedCommandIsAnAnswer() {
    service.on(
        "/v1/networks/n/commands/RemovePool",
        409,
        "{\"status\": 409, \"code\": \"InUse\", \"detail\": \"d\", \"details\": {\"b\": 2, \"a\": 1}}");

    CommandAnswer answer = client.command("n", "RemovePool", Json.object(), Intent.by("demo"));

    assertThat(answer)
        .isInstanceOfSatisfying(
            CommandAnswer.Refused.class,
            r -> {
              assertThat(r.problem().code()).isEqualTo("InUse");
              assertThat(r.problem().details().keySet()).containsExactly("b", "a");
            });
  }

  @Test
  void reportsNameTheirSource() {
    service.on("/v1/networks/n/reports/NodeHeartbeat", 202, "");

    client.report(
        "n", "NodeHeartbeat", Json.object().put("node", "n1").put("bootId", "b"), "agent/n1");

    assertThat(service.only().header("Holdfast-source")).isEqualTo("agent/n1");
    assertThat(service.only().body()).isEqualTo("{\"node\":\"n1\",\"bootId\":\"b\"}");
  }

  @Test
  void desiredStateAndItsEtag() {
    service.on(
        "/v1/networks/n/gateways/g/desired?node=n1",
        200,
        Map.of("ETag", "\"4-31\""),
        "{\"epoch\": 4, \"revision\": 31}");

    Desired desired = client.desired("n", "g", "n1", null, Duration.ZERO).orElseThrow();

    assertThat(desired.etag()).isEqualTo("\"4-31\"");
    assertThat(desired.epoch()).isEqualTo(4);
    assertThat(desired.revision()).isEqualTo(31);
    assertThat(service.only().headers()).doesNotContainKey("If-none-match");
  }

  @Test
  void desiredStateThatIsKnown() {
    service.on("/v1/networks/n/gateways/g/desired?node=n1&wait=30", 304, "");

    assertThat(client.desired("n", "g", "n1", "\"4-31\"", Duration.ofSeconds(30))).isEmpty();
    assertThat(service.only().header("If-none-match")).isEqualTo("\"4-31\"");
  }

  @Test
  void aRefusedReportThrows() {
    service.on(
        "/v1/networks/n/reports/NodeHeartbeat",
        422,
        "{\"status\": 422, \"code\": \"Invalid\", \"detail\": \"no node\"}");

    assertThatThrownBy(() -> client.report("n", "NodeHeartbeat", Json.object(), "a"))
        .isInstanceOf(ServiceException.Refused.class)
        .hasMessage("Invalid: no node");
  }
}
