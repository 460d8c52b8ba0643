package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log as lines. */
class EventsTest {
  private static final String TWO =
      """
      : comment to keep the connection open

      id: 41
      event: EipAllocated
      data: {"meta": {"time": "2026-11-21T11:59:30.123Z", "actor": "alice", "reason": "ticket 4711"},
      data:  "ip": "203.0.113.7", "tenure": 41, "pool": "public",
      data:  "owner": {"tenant": "acme", "kind": "Pod", "name": "front-0"}}

      id: 42
      event: GatewayRescheduled
      data: {"meta": {"time": "2026-11-21T11:59:31.000Z", "actor": "timer", "reason": ""}, "gateway": "gw-1", "toNode": "node-2", "epoch": 4, "cause": "NODE_LOST"}

      id: 43
      event: CutOff
      """;

  private static final String LINES =
      """
          41  2026-11-21T11:59:30Z  EipAllocated           203.0.113.7 for acme/Pod/front-0 pool public  (alice: ticket 4711)
          42  2026-11-21T11:59:31Z  GatewayRescheduled     gateway gw-1 node node-2 epoch 4 NODE_LOST  (timer)
      """;

  private ScriptedService service;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    service = new ScriptedService();
    shell = new Shell(service.url());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void untilThePresentEnd() {
    service.on("/v1/networks/default/events?from=41&follow=false", 200, TWO);

    assertThat(shell.run("events", "--from", "41")).isEqualTo(new Shell.Run(0, LINES, ""));
  }

  @Test
  void whatHappensInTheLifeOfAnAddress() {
    StringBuilder events = new StringBuilder();
    String[][] all = {
      {"LeaseSet", "'leaseMs':60000,'leaseUntil':'2026-11-22T12:00:00.5Z','lastUntil':null"},
      {"LeaseSet", "'leaseMs':0,'leaseUntil':null"},
      {"LeaseExpiring", "'leaseUntil':'2026-11-22T12:00:00.000Z'"},
      {"TransferOffered", "'tenant':'beta','until':'2026-11-22T12:00:00.000Z'"},
      {
        "EipTransferred",
        "'owner':{'tenant':'beta','kind':'VM','name':'b'},'from':3,"
            + "'fromOwner':{'tenant':'acme','kind':'VM','name':'a'}"
      },
      {"EipTagged", "'tags':{'env':'prod','team':'web'}"},
      {"EipTagged", "'tags':{}"},
      {"ConflictDetected", "'by':'02:00:00:00:00:01','until':'+292278994-08-17T07:12:55.807Z'"},
      {"ConflictDetected", "'by':'02:00:00:00:00:01','until':'2026-11-22T12:00:00.000Z'"},
      {"IpQuarantined", "'reason':'seen on gateway gw-1','until':null"},
    };
    for (String[] event : all) {
      events.append(
          "id: 1\nevent: %s\ndata: {\"ip\":\"10.0.0.7\",%s}\n\n"
              .formatted(event[0], event[1].replace('\'', '"')));
    }
    service.on("/v1/networks/default/events?from=1&follow=false", 200, events.toString());

    assertThat(shell.run("events", "--from", "1").out().lines().map(l -> l.substring(10).strip()))
        .containsExactly(
            "LeaseSet               10.0.0.7 until 2026-11-22T12:00:00Z",
            "LeaseSet               10.0.0.7",
            "LeaseExpiring          10.0.0.7 until 2026-11-22T12:00:00Z",
            "TransferOffered        10.0.0.7 to tenant beta until 2026-11-22T12:00:00Z",
            "EipTransferred         10.0.0.7 for beta/VM/b from acme/VM/a",
            "EipTagged              10.0.0.7 tags env=prod, team=web",
            "EipTagged              10.0.0.7 tags none",
            "ConflictDetected       10.0.0.7 by 02:00:00:00:00:01",
            "ConflictDetected       10.0.0.7 by 02:00:00:00:00:01 until 2026-11-22T12:00:00Z",
            "IpQuarantined          10.0.0.7 seen on gateway gw-1");
  }

  @Test
  void theLastOnes() {
    service.on("/v1/networks/default", 200, "{\"network\": \"default\", \"sequence\": 42}");
    service.on("/v1/networks/default/events?from=41&follow=false", 200, TWO);

    assertThat(shell.run("events", "--last", "2").out()).isEqualTo(LINES);
  }

  @Test
  void aStreamThatWasBrokenOffIsNotComplete() {
    service.on(
        "/v1/networks/default/events?from=1&follow=false",
        200,
        "id: 1\nevent: EipFreed\ndata: {}\n\n: broken off; resume with Last-Event-ID\n\n");

    Shell.Run run = shell.run("events", "--from", "1");

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).contains("could not read on").contains("--from 2");
  }

  @Test
  void asJson() {
    service.on(
        "/v1/networks/default/events?from=1&follow=false",
        200,
        "id: 1\nevent: EipFreed\ndata: {\"ip\": \"203.0.113.7\"}\n\n");

    assertThat(shell.run("events", "--from", "1", "-o", "json").out())
        .isEqualTo("{\"id\":1,\"event\":\"EipFreed\",\"data\":{\"ip\":\"203.0.113.7\"}}\n");
  }

  @Test
  void aFollowedStreamThatEndsSaysHowToGoOn() {
    service.on("/v1/networks/default/events?from=41", 200, TWO);

    assertThat(shell.run("events", "--from", "41", "--follow"))
        .isEqualTo(
            new Shell.Run(
                4,
                LINES,
                "holdfast: the service ended the stream; go on with: holdfast -n default events"
                    + " --follow --from 43\n"));
  }
}
