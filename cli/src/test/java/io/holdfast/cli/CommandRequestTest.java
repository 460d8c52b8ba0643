package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.client.Json;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which request a verb is: path, headers, and the command's fields. */
class CommandRequestTest {
  private static final String DONE =
      "{\"commandId\": \"c\", \"changed\": true, \"sequence\": 17, \"grants\": []}";

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

  /** One verb a line: what is typed, which command it is, and its fields. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          pool define p 10.0.0.0/24                 | DefinePool   | {"pool":"p","family":"V4","ranges":["10.0.0.0/24"]}
          pool define p fd00::/64                   | DefinePool   | {"pool":"p","family":"V6","ranges":["fd00::/64"]}
          pool define p 10.0.0.0/24 --cooldown 1h30m --exclude 10.0.0.9,10.0.0.8 --subnet 10.0.0.0/16 --next-hop 10.0.0.1 --label a=b | DefinePool | {"pool":"p","family":"V4","ranges":["10.0.0.0/24"],"exclusions":["10.0.0.9","10.0.0.8"],"subnet":"10.0.0.0/16","gatewayAddress":"10.0.0.1","cooldownMs":5400000,"labels":{"a":"b"}}
          pool define p 10.0.0.0/24 --absent-times 5 | DefinePool  | {"pool":"p","family":"V4","ranges":["10.0.0.0/24"],"ownerCheck":{"confirmations":5,"overMs":60000,"retryMinMs":1000,"retryMaxMs":300000}}
          pool resize p 10.0.0.0/25 --mode retain   | ResizePool   | {"pool":"p","ranges":["10.0.0.0/25"],"mode":"RETAIN"}
          pool remove p                             | RemovePool   | {"pool":"p"}
          eip allocate --owner t/Pod/n              | AllocateEip  | {"owner":{"tenant":"t","kind":"Pod","name":"n"}}
          eip allocate --pool a --pool b,c --owner t/Pod/s/n#u --family dual --count 2 --gateway g --node w | AllocateEip | {"pools":["a","b","c"],"owner":{"tenant":"t","kind":"Pod","namespace":"s","name":"n","uid":"u"},"family":"DUAL","count":2,"gateway":"g","node":"w"}
          eip allocate --tenant t --kind VM --name n --uid u --ip 10.0.0.5 | AllocateEip | {"owner":{"tenant":"t","kind":"VM","name":"n","uid":"u"},"ip":"10.0.0.5"}
          eip release 10.0.0.5                      | ReleaseEip   | {"ip":"10.0.0.5"}
          eip release 10.0.0.5 --tenure 7 --owner t/Pod/n | ReleaseEip | {"ip":"10.0.0.5","owner":{"tenant":"t","kind":"Pod","name":"n"},"tenure":7}
          eip restore 10.0.0.5 --tenure 7           | RestoreEip   | {"ip":"10.0.0.5","tenure":7}
          eip force-release 10.0.0.5 --reason gone  | ForceRelease | {"ip":"10.0.0.5"}
          eip allocate --owner t/Pod/n --lease 8h --tag a=b | AllocateEip | {"owner":{"tenant":"t","kind":"Pod","name":"n"},"leaseMs":28800000,"tags":{"a":"b"}}
          eip renew 10.0.0.5                        | RenewLease   | {"ip":"10.0.0.5"}
          eip renew 10.0.0.5 --lease 0s --tenure 7 --owner t/Pod/n | RenewLease | {"ip":"10.0.0.5","leaseMs":0,"tenure":7,"owner":{"tenant":"t","kind":"Pod","name":"n"}}
          eip tag 10.0.0.5 --tag a=b --remove c --remove d | TagEip | {"ip":"10.0.0.5","set":{"a":"b"},"remove":["c","d"]}
          eip transfer 10.0.0.5 --to u --valid 2h   | TransferEip  | {"ip":"10.0.0.5","toTenant":"u","validMs":7200000}
          eip accept 10.0.0.5 --owner u/Pod/n --tenure 7 | AcceptTransfer | {"ip":"10.0.0.5","owner":{"tenant":"u","kind":"Pod","name":"n"},"tenure":7}
          eip cancel-transfer 10.0.0.5              | CancelTransfer | {"ip":"10.0.0.5"}
          eip adopt 10.0.0.5 --owner t/VM/n --gateway g --node w --lease 1h --tag a=b | AdoptEip | {"ip":"10.0.0.5","owner":{"tenant":"t","kind":"VM","name":"n"},"gateway":"g","node":"w","leaseMs":3600000,"tags":{"a":"b"}}
          eip reserve 10.0.0.5 --reason router      | ReserveIp    | {"ip":"10.0.0.5"}
          eip unreserve 10.0.0.5                    | UnreserveIp  | {"ip":"10.0.0.5"}
          eip end-quarantine 10.0.0.5 --reason gone | EndQuarantine | {"ip":"10.0.0.5"}
          pool resize p 10.0.0.0/25 --mode drain --drain 30m | ResizePool | {"pool":"p","ranges":["10.0.0.0/25"],"mode":"DRAIN","drainMs":1800000}
          eip attach 10.0.0.5 gw-1                  | AttachEip    | {"ip":"10.0.0.5","gateway":"gw-1"}
          eip detach 10.0.0.5 --tenure 7            | DetachEip    | {"ip":"10.0.0.5","tenure":7}
          fip bind 10.0.0.5 192.168.0.2             | BindFip      | {"ip":"10.0.0.5","internalIp":"192.168.0.2"}
          fip bind 10.0.0.5 192.168.0.2 --vpc v --replace --tenure 7 | BindFip | {"ip":"10.0.0.5","internalIp":"192.168.0.2","vpc":"v","replace":true,"tenure":7}
          fip unbind 10.0.0.5                       | UnbindFip    | {"ip":"10.0.0.5"}
          dnat add 10.0.0.5 tcp/443 192.168.0.2:8443 | AddDnat     | {"ip":"10.0.0.5","protocol":"TCP","port":443,"internalIp":"192.168.0.2","internalPort":8443}
          dnat add fd00::5 UDP/53 [fd01::2]:5353    | AddDnat      | {"ip":"fd00::5","protocol":"UDP","port":53,"internalIp":"fd01::2","internalPort":5353}
          dnat add fd00::5 udp/53 fd01::2           | AddDnat      | {"ip":"fd00::5","protocol":"UDP","port":53,"internalIp":"fd01::2","internalPort":53}
          dnat remove 10.0.0.5 tcp/443              | RemoveDnat   | {"ip":"10.0.0.5","protocol":"TCP","port":443}
          snat add 10.0.0.5 192.168.0.0/24 --vpc v  | AddSnat      | {"ip":"10.0.0.5","source":"192.168.0.0/24","vpc":"v"}
          snat remove 10.0.0.5 192.168.0.0/24       | RemoveSnat   | {"ip":"10.0.0.5","source":"192.168.0.0/24"}
          gateway define g n1 n2                    | DefineGateway | {"gateway":"g","candidates":["n1","n2"]}
          gateway define g n1 --failover takeover --fence-after 300s --probe-threshold 5 --hold-down 24h | DefineGateway | {"gateway":"g","candidates":["n1"],"failover":"TAKEOVER","fenceAfterMs":300000,"probeThreshold":5,"holdDownMs":86400000}
          gateway reschedule g                      | RescheduleGateway | {"gateway":"g"}
          gateway reschedule g --to n2              | RescheduleGateway | {"gateway":"g","node":"n2"}
          gateway retire g                          | RetireGateway | {"gateway":"g"}
          node fence n1 --reason off                | FenceNode    | {"node":"n1"}
          """)
  void verbIsCommand(String typed, String command, String fields) {
    service.on("/v1/networks/default/commands/" + command, 201, DONE);

    Shell.Run run = shell.run(typed.split(" +", -1));

    assertThat(run).isEqualTo(new Shell.Run(0, "Done at sequence 17.\n", ""));
    assertThat(service.only().method()).isEqualTo("POST");
    assertThat(service.only().json()).isEqualTo(Json.parse(fields).orElseThrow());
  }

  @Test
  void headersSayWhoAndWhy() {
    service.on("/v1/networks/prod%2F1/commands/RemovePool?dryRun=true", 200, DONE);

    Shell.Run run =
        shell.run(
            "-n",
            "prod/1",
            "pool",
            "remove",
            "p",
            "--dry-run",
            "--id",
            "id-1",
            "--actor",
            "bob",
            "--reason",
            "Größe",
            "--if-revision",
            "17");

    assertThat(run.out()).isEqualTo("Dry run: it would be accepted. Nothing was changed.\n");
    ScriptedService.Request r = service.only();
    assertThat(r.header("Idempotency-key")).isEqualTo("id-1");
    assertThat(r.header("Holdfast-actor")).isEqualTo("bob");
    assertThat(r.header("Holdfast-reason")).isEqualTo("UTF-8''Gr%C3%B6%C3%9Fe");
    assertThat(r.header("If-match")).isEqualTo("\"17\"");
  }

  @Test
  void withoutOptionsItIsTheUserAndAnIdOfItsOwn() {
    service.on("/v1/networks/env/commands/RemovePool", 201, DONE);

    shell.with("HOLDFAST_NETWORK", "env").run("pool", "remove", "p");
    shell.run("pool", "remove", "p");

    ScriptedService.Request first = service.requests().get(0);
    assertThat(first.header("Holdfast-actor")).isEqualTo("alice");
    assertThat(first.headers()).doesNotContainKey("Holdfast-reason");
    assertThat(first.header("Idempotency-key"))
        .hasSize(36)
        .isNotEqualTo(service.requests().get(1).header("Idempotency-key"));
  }
}
