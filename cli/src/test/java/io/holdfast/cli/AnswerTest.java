package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said, where, and with which exit code, whatever the service answers. */
class AnswerTest {
  private static final String ALLOCATE = "/v1/networks/default/commands/AllocateEip";
  private static final String[] ALLOCATE_ARGS = {"eip", "allocate", "--owner", "t/Pod/n"};
  private static final String[] ALLOCATE_JSON = {
    "eip", "allocate", "--owner", "t/Pod/n", "-o", "json"
  };

  @TempDir private Path dir;

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
  void grants() {
    service.on(
        ALLOCATE,
        201,
        """
        {"commandId": "c", "changed": true, "sequence": 12, "grants": [
          {"ip": "203.0.113.7", "tenure": 12, "pool": "public"},
          {"ip": "2001:db8::107", "tenure": 9, "pool": "public6"}]}
        """);

    Shell.Run run = shell.run(ALLOCATE_ARGS);

    assertThat(run)
        .isEqualTo(
            new Shell.Run(
                0,
                """
                Done at sequence 12.
                ADDRESS        POOL     TENURE
                203.0.113.7    public       12
                2001:db8::107  public6       9
                """,
                ""));
  }

  @Test
  void nothingChanged() {
    service.on(
        ALLOCATE, 200, "{\"commandId\":\"c\",\"changed\":false,\"sequence\":12,\"grants\":[]}");

    assertThat(shell.run(ALLOCATE_ARGS).out())
        .isEqualTo("Nothing to do: all was as wished (sequence 12).\n");
  }

  /** The service names the field of its record; what can be typed here is an option. */
  @Test
  void aRefusedReasonOrActorIsCalledAsItsOption() {
    service.on(
        "/v1/networks/default/commands/FenceNode",
        422,
        """
        {"status": 422, "code": "Invalid", "field": "meta.reason", "value": "",
         "detail": "meta.reason is ''; allowed: how it is known that the node is off",
         "allowed": "how it is known that the node is off"}
        """);
    service.on(
        ALLOCATE,
        422,
        """
        {"status": 422, "code": "Invalid", "field": "Holdfast-Actor", "value": "%",
         "detail": "Holdfast-Actor is not percent-encoded", "allowed": "UTF-8"}
        """);

    assertThat(shell.run("node", "fence", "node-1").err())
        .isEqualTo(
            "refused: Invalid: --reason is ''; allowed: how it is known that the node is off\n");
    assertThat(shell.run(ALLOCATE_ARGS).err())
        .startsWith("refused: Invalid: --actor is not percent-encoded\n");
  }

  @Test
  void jsonIsTheAnswerAndNothingElse() {
    String answer =
        "{\"commandId\":\"c\",\"changed\":false,\"sequence\":12,\"grants\":[],\"x\":1.10}";
    service.on(ALLOCATE, 200, answer);

    assertThat(shell.run(ALLOCATE_JSON)).isEqualTo(new Shell.Run(0, answer + "\n", ""));
  }

  @Test
  void refusalWithFigures() {
    service.on(
        ALLOCATE,
        409,
        """
        {"title": "PoolExhausted", "status": 409, "code": "PoolExhausted", "commandId": "c",
         "detail": "no free address in public", "sequence": 17,
         "details": {"allocated": "250", "coolingDown": "4"}}
        """);

    assertThat(shell.run(ALLOCATE_ARGS))
        .isEqualTo(
            new Shell.Run(
                3,
                "",
                """
                refused: PoolExhausted: no free address in public
                  allocated = 250; coolingDown = 4
                """));
  }

  @Test
  void eachLineOfARefusedImportHasALine() throws IOException {
    Path file = Files.writeString(dir.resolve("prod.ndjson"), "{}\n");
    service.on(
        "/v1/networks/default/import",
        422,
        """
        {"status": 422, "code": "ImportRefused", "commandId": "c",
         "detail": "2 of 9 lines cannot be imported; nothing was",
         "details": {"line      3": "PoolUnknown: no pool", "line     12": "Invalid: x"}}
        """);

    assertThat(shell.run("network", "import", file.toString()))
        .isEqualTo(
            new Shell.Run(
                3,
                "",
                """
                refused: ImportRefused: 2 of 9 lines cannot be imported; nothing was
                  line 3: PoolUnknown: no pool
                  line 12: Invalid: x
                """));
  }

  /** The service counts items from 0, and knows neither empty lines nor comments. */
  @Test
  void aRefusedItemOfABundleIsCalledByItsLine() throws IOException {
    String item = "{\"owner\": \"t/VM/%s\"}\n";
    Path file =
        Files.writeString(
            dir.resolve("shop.ndjson"),
            "# the shop\n" + item.formatted("a") + "\n" + item.formatted("b"));
    String bundle = "/v1/networks/default/commands/AllocateBundle";
    service.on(
        bundle,
        422,
        """
        {"status": 422, "code": "Invalid", "field": "items[1].request.count", "value": "0",
         "allowed": "1 to 256", "detail": "items[1].request.count is '0'; allowed: 1 to 256"}
        """);
    assertThat(shell.run("eip", "bundle", file.toString()).err())
        .isEqualTo("refused: Invalid: line 4: count is '0'; allowed: 1 to 256\n");
    assertThat(service.only().json().path("items")).hasSize(2);

    service.on(
        bundle, 409, "{\"status\":409,\"code\":\"PoolExhausted\",\"detail\":\"items[0]: none\"}");
    assertThat(shell.run("eip", "bundle", file.toString()).err())
        .isEqualTo("refused: PoolExhausted: line 2: none\n");
  }

  @Test
  void refusalOfAField() {
    service.on(
        ALLOCATE,
        422,
        """
        {"status": 422, "code": "Invalid", "detail": "count is out of range", "field": "count",
         "value": "300", "allowed": "1 to 256"}
        """);

    assertThat(shell.run(ALLOCATE_ARGS).err())
        .isEqualTo(
            """
            refused: Invalid: count is out of range
              count = 300; allowed: 1 to 256
            """);
  }

  @Test
  void refusalWhoseSentenceSaysItAll() {
    service.on(
        ALLOCATE,
        422,
        """
        {"status": 422, "code": "Invalid", "detail": "count is '300'; allowed: 1 to 256",
         "field": "count", "value": "300", "allowed": "1 to 256", "details": {}}
        """);

    assertThat(shell.run(ALLOCATE_ARGS).err())
        .isEqualTo("refused: Invalid: count is '300'; allowed: 1 to 256\n");
  }

  @Test
  void refusalAsJsonGoesToStandardOutput() {
    String problem = "{\"status\":409,\"code\":\"InUse\",\"detail\":\"d\"}";
    service.on(ALLOCATE, 409, problem);

    assertThat(shell.run(ALLOCATE_JSON)).isEqualTo(new Shell.Run(3, problem + "\n", ""));
  }

  @Test
  void refusedQuery() {
    String problem = "{\"status\":404,\"code\":\"PoolUnknown\",\"detail\":\"no pool p\"}";
    service.on("/v1/networks/default/pools/p", 404, problem);

    assertThat(shell.run("pool", "show", "p"))
        .isEqualTo(new Shell.Run(3, "", "refused: PoolUnknown: no pool p\n"));
    assertThat(shell.run("pool", "show", "p", "-o", "json"))
        .isEqualTo(new Shell.Run(3, problem + "\n", ""));
  }

  @Test
  void noOutcomeInTimeSaysHowToAsk() {
    service.on(
        ALLOCATE, 504, "{\"status\":504,\"code\":\"Timeout\",\"detail\":\"no outcome in 10 s\"}");

    Shell.Run run =
        shell.run("-n", "default", "eip", "allocate", "--owner", "t/Pod/n", "--id", "id-1");

    assertThat(run)
        .isEqualTo(
            new Shell.Run(
                4,
                "",
                """
                holdfast: no outcome in 10 s
                  The command may have been executed, or still be. Ask: holdfast -n default outcome show id-1
                  Or repeat it with --id id-1: it is executed once at most.
                """));
  }

  @Test
  void silentServiceSaysHowToAsk() {
    service.silentOn(ALLOCATE);

    Shell.Run run =
        shell.run("eip", "allocate", "--owner", "t/Pod/n", "--id", "id-1", "--timeout", "200ms");

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err())
        .startsWith("holdfast: no answer from " + service.url() + " in time\n")
        .contains("outcome show id-1");
  }

  @Test
  void brokersAway() {
    service.on(ALLOCATE, 503, "{\"status\":503,\"code\":\"Unavailable\",\"detail\":\"no broker\"}");

    Shell.Run run = shell.run(ALLOCATE_ARGS);

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err())
        .contains("cannot work now: no broker")
        .contains("Nothing was changed")
        .doesNotContain("outcome show");
  }

  @Test
  void nobodyThere() {
    URI gone = service.url();
    service.close();

    Shell.Run run = new Shell(gone).run("eip", "list");

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("holdfast: no service at " + gone + ": connection refused\n")
        .doesNotContain("Exception");
  }

  @Test
  void somebodyElseThere() {
    service.on("/v1/networks/default/eips", 200, "<html>\nwelcome</html>");
    service.on("/v1/networks/default/pools", 404, "<html>not found</html>");

    assertThat(shell.run("eip", "list"))
        .isEqualTo(
            new Shell.Run(
                1,
                "",
                "holdfast: "
                    + service.url()
                    + " answered with something that is not Holdfast's HTTP API: status 200,"
                    + " <html>\n"));
    assertThat(shell.run("pool", "list").code()).isEqualTo(1);
  }

  @Test
  void faultOfTheService() {
    service.on(
        "/v1/networks/default/eips", 500, "{\"status\":500,\"code\":\"Fault\",\"detail\":\"x\"}");

    assertThat(shell.run("eip", "list").code()).isEqualTo(1);
  }

  @Test
  void outcomeOfARefusedCommandIsThatRefusal() {
    service.on(
        "/v1/networks/default/outcomes/c1",
        409,
        "{\"status\":409,\"code\":\"InUse\",\"detail\":\"has rules\",\"commandId\":\"c1\"}");

    assertThat(shell.run("outcome", "show", "c1"))
        .isEqualTo(new Shell.Run(3, "", "refused: InUse: has rules\n"));
  }

  @Test
  void outcomeNobodyKnows() {
    service.on(
        "/v1/networks/default/outcomes/c1",
        404,
        "{\"status\":404,\"code\":\"NotFound\",\"detail\":\"no outcome c1\"}");

    assertThat(shell.run("outcome", "show", "c1"))
        .isEqualTo(new Shell.Run(3, "", "refused: NotFound: no outcome c1\n"));
  }
}
