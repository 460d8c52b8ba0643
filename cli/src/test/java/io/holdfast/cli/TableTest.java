package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an engineer sees. The tables are written by hand: they are the design, not a record. */
class TableTest {
  private static final String N = "/v1/networks/default/";
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

  private void shows(String typed, String table) {
    assertThat(shell.run(typed.split(" ", -1))).isEqualTo(new Shell.Run(0, table, ""));
  }

  @Test
  void networks() {
    service.on(
        "/v1/networks",
        200,
        """
        {"items": [
          {"network": "lab", "sequence": 7, "digest": "00ff", "time": "2026-11-21T11:59:30.123Z"},
          {"network": "prod", "sequence": 120034, "digest": "8a01", "time": "2026-11-19T10:00:00.000Z"}]}
        """);
    shows(
        "network list",
        """
        NETWORK  SEQUENCE  LAST EVENT  DIGEST
        lab             7  29s ago     00ff
        prod       120034  2d 2h ago   8a01
        """);
  }

  @Test
  void pools() {
    service.on(
        N + "pools",
        200,
        """
        {"sequence": 9, "items": [
          {"pool": "public", "family": "V4", "size": "246", "free": "0", "allocated": 240,
           "releasing": 2, "coolingDown": 4, "quarantined": 0, "retained": 0,
           "nextFreeAt": "2026-11-21T12:04:10.000Z"},
          {"pool": "v6", "family": "V6", "size": "18446744073709551615",
           "free": "18446744073709551615", "allocated": 0, "releasing": 0, "coolingDown": 0,
           "quarantined": 0, "retained": 0}]}
        """);
    shows(
        "pool list",
        """
        POOL    FAMILY                  SIZE                  FREE  ALLOCATED  RELEASING  COOLING  QUARANTINED  RETAINED  NEXT FREE
        public  V4                       246                     0        240          2        4            0         0  in 4m 10s
        v6      V6      18446744073709551615  18446744073709551615          0          0        0            0         0
        """);
  }

  @Test
  void eips() {
    service.on(
        N + "eips?phase=Allocated&ready=false&limit=2",
        200,
        """
        {"sequence": 9, "next": "203.0.113.8", "items": [
          {"ip": "203.0.113.7", "phase": "Allocated", "tenure": 3, "pool": "public", "gateway": "gw-1",
           "owner": {"tenant": "acme", "kind": "Pod", "namespace": "shop", "name": "front-0", "uid": "u1"},
           "since": "2026-11-21T11:55:00.000Z", "ready": false,
           "conditions": [{"type": "Ready", "status": "False", "reason": "WaitingForFence"}]},
          {"ip": "203.0.113.8", "phase": "Allocated", "tenure": 4, "pool": "public",
           "owner": {"tenant": "acme", "kind": "VM", "name": "db"},
           "since": "2026-11-21T09:59:00.000Z", "ready": false,
           "conditions": [{"type": "Ready", "status": "False", "reason": "NotAttached"}]}]}
        """);

    Shell.Run run = shell.run("eip", "list", "--phase", "allocated", "--not-ready", "--limit", "2");

    assertThat(run.out())
        .isEqualTo(
            """
            ADDRESS      PHASE      READY  WHY NOT          OWNER                     POOL    GATEWAY  SINCE
            203.0.113.7  Allocated  no     WaitingForFence  acme/Pod/shop/front-0#u1  public  gw-1     5m ago
            203.0.113.8  Allocated  no     NotAttached      acme/VM/db                public           2h 1m ago
            """);
    assertThat(run.err()).isEqualTo("There are more: add --all, or --after 203.0.113.8\n");
  }

  @Test
  void oneEip() {
    service.on(
        N + "eips/203.0.113.7",
        200,
        """
        {"sequence": 9, "ip": "203.0.113.7", "phase": "Allocated", "tenure": 3, "pool": "public",
         "gateway": "gw-1", "owner": {"tenant": "acme", "kind": "Pod", "name": "front-0"},
         "since": "2026-11-21T11:55:00.000Z", "ready": true, "retained": true,
         "conditions": [
           {"type": "Ready", "status": "True", "reason": "Programmed", "message": "seen on node-1",
            "since": "2026-11-21T11:56:00.000Z"},
           {"type": "InPool", "status": "False", "reason": "Retained",
            "message": "the pool was made smaller", "since": "2026-11-21T11:59:00.000Z"}],
         "rules": [
           {"rule": "fip", "kind": "fip", "target": "10.0.0.5", "vpc": "shop", "ready": true}]}
        """);
    shows(
        "eip show 203.0.113.7",
        """
        Address  203.0.113.7
        Phase    Allocated  retained: no pool covers it
        Ready    yes
        Owner    acme/Pod/front-0
        Pool     public
        Gateway  gw-1
        Tenure   3
        Since    2026-11-21T11:55:00Z (5m ago)

        CONDITION  STATUS  REASON      SINCE   MESSAGE
        Ready      True    Programmed  4m ago  seen on node-1
        InPool     False   Retained    1m ago  the pool was made smaller

        RULE  TARGET    VPC   READY
        fip   10.0.0.5  shop  yes
        """);
  }

  @Test
  void rules() {
    service.on(
        N + "rules?kind=Fip",
        200,
        """
        {"items": [{"ip": "203.0.113.7", "rule": "fip", "target": "10.0.0.5", "vpc": "shop",
          "gateway": "gw-1", "ready": true}]}
        """);
    service.on(
        N + "rules?ip=203.0.113.7&kind=Dnat",
        200,
        """
        {"items": [
          {"ip": "203.0.113.7", "rule": "dnat/tcp/443", "target": "10.0.0.5:8443", "vpc": "shop",
           "gateway": "gw-1", "ready": false,
           "conditions": [{"type": "Ready", "status": "Unknown", "reason": "NotObserved"}]},
          {"ip": "203.0.113.7", "rule": "dnat/udp/53", "target": "10.0.0.6:53", "vpc": "shop",
           "gateway": "gw-1", "ready": false, "wanted": false}]}
        """);
    service.on(
        N + "rules?kind=Snat",
        200,
        """
        {"items": [{"ip": "203.0.113.7", "rule": "snat/10.0.0.0/24", "target": "", "vpc": "shop",
          "gateway": "gw-1", "ready": true}]}
        """);
    shows(
        "fip list",
        """
        ADDRESS      INTERNAL  VPC   GATEWAY  READY
        203.0.113.7  10.0.0.5  shop  gw-1     yes
        """);
    shows(
        "dnat list --ip 203.0.113.7",
        """
        ADDRESS      PROTOCOL  PORT  TARGET         VPC   GATEWAY  READY  WHY NOT
        203.0.113.7  tcp        443  10.0.0.5:8443  shop  gw-1     no     NotObserved
        203.0.113.7  udp         53  10.0.0.6:53    shop  gw-1     no     being removed
        """);
    shows(
        "snat list",
        """
        ADDRESS      SOURCE       VPC   GATEWAY  READY
        203.0.113.7  10.0.0.0/24  shop  gw-1     yes
        """);
  }

  @Test
  void gateways() {
    service.on(
        N + "gateways",
        200,
        """
        {"items": [
          {"gateway": "gw-1", "node": "node-2", "epoch": 4, "active": false,
           "eips": {"total": 12, "ready": 0}, "rules": {"total": 3, "ready": 0}, "drifts": 1,
           "unfenced": [
             {"node": "node-1", "epoch": 3, "fenceAt": "2026-11-21T12:00:08.000Z"}]},
          {"gateway": "gw-2", "node": "node-2", "epoch": 1, "active": true,
           "eips": {"total": 1, "ready": 1}, "rules": {"total": 0, "ready": 0}, "drifts": 0, "unfenced": []}]}
        """);
    shows(
        "gateway list",
        """
        GATEWAY  STATE   NODE    EPOCH  EIPS READY  RULES READY  WAITS FOR                       DRIFTS
        gw-1     held    node-2      4        0/12          0/3  node-1 (epoch 3, fenced in 8s)       1
        gw-2     active  node-2      1         1/1          0/0                                       0
        """);
  }

  @Test
  void desired() {
    service.on(N + "gateways/gw-1", 200, "{\"gateway\": \"gw-1\", \"node\": \"node-1\"}");
    service.on(
        N + "gateways/gw-1/desired?node=node-1",
        200,
        """
        {"gateway": "gw-1", "node": "node-1", "epoch": 4, "revision": 31, "held": "",
         "addresses": [{"ip": "203.0.113.7", "prefixLength": 24, "tenure": 3, "revision": 5}],
         "rules": [{"ip": "203.0.113.7", "rule": "fip", "target": "10.0.0.5", "vpc": "shop",
           "tenure": 3, "revision": 7}],
         "waiting": [{"ip": "203.0.113.8", "prefixLength": 24, "tenure": 6,
           "reason": "gw-2 may still carry it"}],
         "withdraw": [{"ip": "203.0.113.9", "prefixLength": 24, "tenure": 2, "rule": "",
           "reason": "Released"}]}
        """);
    shows(
        "gateway desired gw-1",
        """
        Gateway   gw-1
        Node      node-1
        Epoch     4
        Revision  31

        ADDRESS         TENURE  REVISION
        203.0.113.7/24       3         5

        RULE  ADDRESS      TARGET    VPC   TENURE  REVISION
        fip   203.0.113.7  10.0.0.5  shop       3         7

        WAITING         TENURE  WHY
        203.0.113.8/24       6  gw-2 may still carry it

        WITHDRAW        TENURE  REASON
        203.0.113.9/24       2  Released
        """);
  }

  @Test
  void nodes() {
    service.on(
        N + "nodes",
        200,
        """
        {"items": [
          {"node": "node-1", "bootId": "b1", "up": false, "since": "2026-11-21T11:59:00.000Z",
           "lastSeen": "2026-11-21T11:58:30.000Z", "awaitedInventory": "b1", "overdue": true},
          {"node": "node-2", "bootId": "b2", "up": true, "since": "2026-11-20T12:00:00.000Z",
           "lastSeen": "2026-11-21T11:59:59.500Z", "overdue": false}]}
        """);
    shows(
        "node list",
        """
        NODE    UP   SINCE   LAST SEEN   OWNER INVENTORY  BOOT
        node-1  no   1m ago  1m 30s ago  overdue          b1
        node-2  yes  1d ago  now                          b2
        """);
  }

  @Test
  void nothingThere() {
    service.on(N + "eips", 200, "{\"sequence\": 0, \"items\": []}");

    assertThat(shell.run("eip", "list"))
        .isEqualTo(new Shell.Run(0, "", "No such address in network default.\n"));
  }

  @Test
  void explained() {
    service.on(
        N + "eips/203.0.113.7/explain",
        200,
        """
        {"sequence": 9, "ip": "203.0.113.7", "ready": false,
         "state": ["203.0.113.7 is held by acme/Pod/front-0."],
         "why": ["It is not ready: node-1 may still carry it."],
         "unblock": ["node-1 reports, or is fenced at 12:00:08."]}
        """);
    shows(
        "eip explain 203.0.113.7",
        """
        203.0.113.7 is held by acme/Pod/front-0.
        It is not ready: node-1 may still carry it.
        node-1 reports, or is fenced at 12:00:08.
        """);
  }

  @Test
  void anEmptyPageIsNotTheEnd() {
    service.on(N + "eips?tenant=t", 200, "{\"sequence\":9,\"items\":[],\"next\":\"x\"}");
    service.on(N + "eips?tenant=t&after=x", 200, "{\"items\":[{\"ip\":\"203.0.113.7\"}]}");

    assertThat(shell.run("eip", "list", "--tenant", "t"))
        .isEqualTo(new Shell.Run(0, "ADDRESS\n203.0.113.7\n", ""));
  }

  @Test
  void allPagesAreOneList() {
    service.on(
        N + "eips?limit=1000", 200, "{\"sequence\":9,\"items\":[{\"ip\":\"a\"}],\"next\":\"t/1\"}");
    service.on(
        N + "eips?limit=1000&after=t%2F1", 200, "{\"sequence\":9,\"items\":[{\"ip\":\"b\"}]}");

    shows("eip list --all -o json", "{\"sequence\":9,\"items\":[{\"ip\":\"a\"},{\"ip\":\"b\"}]}\n");
  }

  @Test
  void coloursAreOnlyWhereAPersonSeesThem() {
    service.on(
        N + "nodes",
        200,
        "{\"items\": [{\"node\": \"n\\u001b[31m\", \"bootId\": \"b\", \"up\": false}]}");

    assertThat(shell.run("node", "list").out()).doesNotContain("\u001b");
    assertThat(shell.colour().run("node", "list").out())
        .contains("\u001b[31mno\u001b[0m")
        .contains("n [31m");
  }
}
