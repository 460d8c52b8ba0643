package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting in line, quotas, bundles, and what a pool does with its addresses. */
class WaitingAndQuotasTest {
  private static final String N = "/v1/networks/default/";
  private static final String DONE =
      "{\"commandId\": \"c\", \"changed\": true, \"sequence\": 17, \"grants\": []}";

  @TempDir private Path folder;
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

  private void shows(String typed, String text) {
    assertThat(shell.run(typed.split(" ", -1))).isEqualTo(new Shell.Run(0, text, ""));
  }

  @Test
  void whoWaits() {
    String first =
        """
        {"ticket": 9, "position": 1, "owner": {"tenant": "acme", "kind": "Pod", "name": "web"},
         "since": "2026-11-21T11:58:00.000Z", "deadline": "2026-11-21T12:10:00.000Z",
         "commandId": "c-9", "pools": ["gold", "public"],
         "request": {"pools": [], "labels": {}, "family": "V4", "count": 2, "contiguous": true}}
        """;
    service.on(
        N + "waiting?pool=public",
        200,
        "{\"sequence\": 30, \"items\": ["
            + first
            + """
            , {"ticket": 12, "position": 2, "owner": {"tenant": "zz", "kind": "VM", "name": "db"},
             "since": "2026-11-21T11:59:00.000Z", "deadline": "2026-11-21T12:01:30.000Z",
             "commandId": "c-12", "pools": ["public"],
             "request": {"ip": "203.0.113.7", "family": "V4", "count": 1}}]}
            """);
    service.on(N + "waiting/9", 200, first);
    service.on(N + "waiting", 200, "{\"sequence\": 30, \"items\": []}");

    shows(
        "waiting list --pool public",
        """
        TICKET  POSITION  OWNER         WANTS          FROM          SINCE   GIVEN UP   COMMAND
             9         1  acme/Pod/web  2 adjacent v4  gold, public  2m ago  in 10m     c-9
            12         2  zz/VM/db      203.0.113.7    public        1m ago  in 1m 30s  c-12
        """);
    shows(
        "waiting show 9",
        """
        Ticket    9
        Position  1
        Owner     acme/Pod/web
        Wants     2 adjacent v4
        From      gold, public
        Since     2026-11-21T11:58:00Z (2m ago)
        Given up  2026-11-21T12:10:00Z (in 10m)
        Command   c-9
        """);
    assertThat(shell.run("waiting", "list").err()).isEqualTo("Nobody waits in network default.\n");
  }

  @Test
  void anAllocationThatWaitsSaysWhere() {
    String waits =
        """
        {"commandId": "c", "changed": true, "sequence": 17, "grants": [],
         "waiting": {"ticket": 17, "position": 3, "deadline": "2026-11-21T12:05:00.000Z"}}
        """;
    service.on(N + "commands/AllocateEip", 201, waits);
    service.on(N + "commands/AllocateEip?dryRun=true", 200, waits);

    shows(
        "eip allocate --owner t/Pod/n --wait=5m",
        """
        Done at sequence 17.
        Nothing is free: it waits, at position 3 (ticket 17), given up at 2026-11-21T12:05:00Z (in 5m).
        """);
    shows(
        "eip allocate --owner t/Pod/n --wait=5m --dry-run",
        """
        Dry run: it would be accepted. Nothing was changed.
        It would wait for addresses, at position 3.
        """);
  }

  @Test
  void quotas() {
    service.on(
        N + "quotas",
        200,
        """
        {"items": [{"tenant": "acme", "limit": 20, "used": 7}, {"tenant": "zz", "limit": 0, "used": 0}]}
        """);
    service.on(N + "quotas/a%2Fb", 200, "{\"tenant\": \"a/b\", \"limit\": 5, \"used\": 5}");
    shows(
        "quota list",
        """
        TENANT  USED  LIMIT
        acme       7     20
        zz         0      0
        """);
    shows("quota show a/b", "Tenant  a/b\nUsed    5\nLimit   5\n");
    Shell.Run wrong = shell.run("quota", "set", "acme", "many");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("'many' is no limit; write a number of addresses, or none");
  }

  @Test
  void aSettingIsChangedAndTheOthersStay() {
    service.on(
        N + "pools/p",
        200,
        """
        {"pool": "p", "revision": 4, "free": "3", "definition": {"family": "V4", "ranges": ["10.0.0.0/24"],
         "exclusions": [], "subnet": "10.0.0.0/24", "cooldownMs": 5000, "labels": {"a": "b", "x": "y"},
         "ownerCheck": {"confirmations": 3, "overMs": 60000, "retryMinMs": 1000, "retryMaxMs": 300000},
         "policy": "STICKY", "crossTenantCooldownMs": 0, "priority": 2, "optIn": true, "leaseMs": 0,
         "probationMs": 86400000}}
        """);
    service.on(N + "commands/DefinePool", 201, DONE);

    Shell.Run run =
        shell.run(
            "pool set p --policy first-free --no-opt-in --label c=d --remove-label a --absent-times 5"
                .split(" ", -1));

    assertThat(run.err()).isEmpty();
    assertThat(service.requests().getLast().header("If-match")).isEqualTo("\"4\"");
    assertThat(service.requests().getLast().json())
        .hasToString(
            "{\"pool\":\"p\",\"family\":\"V4\",\"ranges\":[\"10.0.0.0/24\"],\"exclusions\":[],"
                + "\"subnet\":\"10.0.0.0/24\",\"cooldownMs\":5000,\"labels\":{\"x\":\"y\",\"c\":\"d\"},"
                + "\"ownerCheck\":{\"confirmations\":5,\"overMs\":60000,\"retryMinMs\":1000,"
                + "\"retryMaxMs\":300000},\"policy\":\"FIRST_FREE\",\"crossTenantCooldownMs\":0,"
                + "\"priority\":2,\"optIn\":false,\"leaseMs\":0,\"probationMs\":86400000}");
  }

  @Test
  void aChangeOfNothingIsAMistake() {
    Shell.Run run = shell.run("pool", "set", "p");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("what is to be changed?");
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void onePool() {
    service.on(
        N + "pools/p",
        200,
        """
        {"pool": "p", "revision": 4, "size": "254", "free": "250", "allocated": 3, "releasing": 0,
         "coolingDown": 0, "quarantined": 0, "reserved": 1, "retained": 0, "waiting": 2,
         "definition": {"family": "V4", "ranges": ["10.0.0.0/24"], "cooldownMs": 5000,
           "labels": {"a": "b"}, "policy": "STICKY", "crossTenantCooldownMs": 86400000, "priority": 2,
           "optIn": true, "leaseMs": 3600000, "probationMs": 0},
         "conditions": [{"type": "Available", "status": "False", "reason": "Promised",
           "message": "its free addresses (250) are for those who wait already"}]}
        """);
    shows(
        "pool show p",
        """
        Pool          p
        Family        V4
        Ranges        10.0.0.0/24
        Policy        sticky
        Cool-down     5s; for another tenant 1d
        Priority      2
        Opt-in        yes: only who names it or its labels
        Lease         1h unless renewed
        Probation     ended by an operator only
        Labels        a=b
        Revision      4
        Size          254
        Free          250
        Allocated     3
        Releasing     0
        Cooling down  0
        Quarantined   0
        Reserved      1
        Retained      0
        Waiting       2
        Available     no  its free addresses (250) are for those who wait already
        """);
  }

  @Test
  void aBundleIsAFileWithALineForEach() throws IOException {
    service.on(N + "commands/AllocateBundle", 201, DONE);
    Path file =
        Files.writeString(
            folder.resolve("b.ndjson"),
            """
            {"owner": "acme/VM/web#u1", "pools": ["p"], "rules": [{"kind": "Fip", "internalIp": "10.0.0.5"}]}

            {"owner": {"tenant": "acme", "kind": "VM", "name": "db"}, "count": 2}
            """);

    assertThat(shell.run("eip", "bundle", file.toString()).out())
        .isEqualTo("Done at sequence 17.\n");
    assertThat(service.only().json())
        .hasToString(
            "{\"items\":[{\"request\":{\"owner\":{\"tenant\":\"acme\",\"kind\":\"VM\",\"name\":\"web\","
                + "\"uid\":\"u1\"},\"pools\":[\"p\"]},\"rules\":[{\"kind\":\"Fip\",\"internalIp\":"
                + "\"10.0.0.5\",\"vpc\":\"default\"}]},{\"request\":{\"owner\":{\"tenant\":\"acme\","
                + "\"kind\":\"VM\",\"name\":\"db\"},\"count\":2}}]}");
  }

  @Test
  void aLineThatIsNoneIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("b.ndjson"), "{\"owner\":\"t/Pod/n\"}\n[1]\n");
    Shell.Run run = shell.run("eip", "bundle", file.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("b.ndjson line 2: is not one JSON object");
    Files.writeString(file, "{\"owner\":\"t\"}");
    assertThat(shell.run("eip", "bundle", file.toString()).err())
        .contains("line 1: owner 't' is not tenant/kind/[namespace/]name[#uid]");
    Files.writeString(file, "\n");
    assertThat(shell.run("eip", "bundle", file.toString()).err()).contains("there is no request");
    assertThat(shell.run("eip", "bundle", folder.resolve("no").toString()).err())
        .contains("cannot be read");
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void explained() {
    String said =
        "{\"sequence\": 9, \"state\": [\"A.\"], \"why\": [\"B.\"], \"unblock\": [\"C.\", \"D.\"]}";
    service.on(N + "pools/p/explain", 200, said);
    service.on(N + "gateways/g/explain", 200, said);
    service.on(N + "outcomes/c/explain", 200, said);
    shows("pool explain p", "A.\nB.\nC.\nD.\n");
    shows("gateway explain g", "A.\nB.\nC.\nD.\n");
    shows("outcome explain c", "A.\nB.\nC.\nD.\n");
  }

  @Test
  void events() {
    service.on(
        N + "events?from=1&follow=false",
        200,
        """
        id: 1
        event: EipAllocated
        data: {"meta": {"time": "2026-11-21T11:59:30.123Z", "actor": "a"}, "ip": "203.0.113.7", "tenure": 1,
        data:  "pool": "public", "owner": {"tenant": "acme", "kind": "Pod", "name": "n"},
        data:  "choice": {"why": "NEVER_USED", "skipped": [{"what": "q", "because": "its labels differ"}]}}

        id: 2
        event: AllocationQueued
        data: {"meta": {"time": "2026-11-21T11:59:30.123Z", "actor": "a"}, "commandId": "c",
        data:  "request": {"owner": {"tenant": "acme", "kind": "Pod", "name": "n"}, "pools": ["public"],
        data:  "family": "V4", "count": 2}, "deadline": "2026-11-21T12:59:30.123Z"}

        id: 3
        event: AllocationDequeued
        data: {"meta": {"time": "2026-11-21T11:59:30.123Z", "actor": "timer"}, "ticket": 2,
        data:  "owner": {"tenant": "acme", "kind": "Pod", "name": "n"}, "cause": "EXPIRED"}

        id: 4
        event: QuotaSet
        data: {"meta": {"time": "2026-11-21T11:59:30.123Z", "actor": "a"}, "tenant": "acme", "limit": 0}

        id: 5
        event: QuotaSet
        data: {"meta": {"time": "2026-11-21T11:59:30.123Z", "actor": "a"}, "tenant": "acme", "limit": null}

        id: 6
        event: PoolChanged
        data: {"meta": {"time": "2026-11-21T11:59:30.123Z", "actor": "a"}, "pool": "public", "spec":
        data:  {"policy": "BEST_FIT", "cooldownMs": 30000, "crossTenantCooldownMs": 60000, "priority": 3,
        data:  "optIn": true, "leaseMs": 60000, "labels": {"tier": "gold"}}}

        """);
    shows(
        "events --from 1",
        """
             1  2026-11-21T11:59:30Z  EipAllocated           203.0.113.7 for acme/Pod/n pool public chosen: never used, not q (its labels differ)  (a)
             2  2026-11-21T11:59:30Z  AllocationQueued       for acme/Pod/n wants 2 v4 from public until 2026-11-21T12:59:30Z  (a)
             3  2026-11-21T11:59:30Z  AllocationDequeued     ticket 2 for acme/Pod/n EXPIRED  (timer)
             4  2026-11-21T11:59:30Z  QuotaSet               tenant acme limit 0  (a)
             5  2026-11-21T11:59:30Z  QuotaSet               tenant acme no limit any more  (a)
             6  2026-11-21T11:59:30Z  PoolChanged            pool public policy best-fit, cooldown 30s; for another tenant 1m, priority 3, opt-in, lease 1m unless renewed, labels tier=gold  (a)
        """);
  }
}
