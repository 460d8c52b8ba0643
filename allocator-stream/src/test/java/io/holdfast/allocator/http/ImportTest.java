package io.holdfast.allocator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.allocator.http.TestServer.Got;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network as lines: out of one, into another; and what is wrong with each line. */
class ImportTest {
  private static final String NDJSON = "application/x-ndjson";
  private static final String CSV = "text/csv";

  private final TestServer server = new TestServer().world();

  @AfterEach
  void stop() {
    server.close();
  }

  private Got bring(String network, String type, String lines, String query) {
    return server.send(
        server
            .request("/v1/networks/" + network + "/import" + query)
            .header("Content-Type", type)
            .header("Holdfast-Reason", "a move")
            .POST(BodyPublishers.ofString(lines.replace('\'', '"'))));
  }

  private String export(String network, String format) {
    Got got = server.get("/v1/networks/" + network + "/export?format=" + format);
    assertThat(got.status()).isEqualTo(200);
    return got.text();
  }

  private static Map<String, String> details(Got got) {
    Map<String, String> details = new TreeMap<>();
    got.json()
        .path("details")
        .properties()
        .forEach(e -> details.put(e.getKey().replaceAll(" +", " "), e.getValue().asText()));
    return details;
  }

  @ParameterizedTest
  @CsvSource({"ndjson, application/x-ndjson", "csv, text/csv"})
  void whatIsExportedCanBeImported(String format, String type) {
    server.must(
        "DefinePool",
        "{'pool':'q','family':'V6','ranges':['2001:db8::/64','2001:db8:1::5'],"
            + "'exclusions':['2001:db8::1'],'labels':{'tier':'gold','site':'a'},"
            + "'policy':'FIRST_FREE','optIn':true,'priority':7,'cooldownMs':0}");
    server.must("SetQuota", "{'tenant':'acme','limit':9}");
    server.allocate(
        "a",
        ",'gateway':'gw1','node':'n1','leaseMs':60000,"
            + "'tags':{'env':'prod','team':'a, b','note':'a;c=d','pad':' x ','x':'a=b'}");
    server.allocate("b", ",'pools':['q'],'family':'V6'");
    server.must("BindFip", "{'ip':'10.0.0.1','internalIp':'192.168.0.5','vpc':'v'}");
    server.must(
        "AddDnat",
        "{'ip':'10.0.0.1','protocol':'TCP','port':443,'internalIp':'192.168.0.6',"
            + "'internalPort':8443,'vpc':'v'}");
    server.must("AddSnat", "{'ip':'10.0.0.1','source':'192.168.0.0/24','vpc':'v'}");
    server.allocate("c", "");
    server.must("ReleaseEip", "{'ip':'10.0.0.2'}");
    server.must(
        "AdoptEip", "{'ip':'10.0.0.9','owner':{'tenant':'t','kind':'Pod','name':'d'},'leaseMs':0}");
    server.post("/v1/networks/copy/reports/NodeHeartbeat", "{'node':'n1','bootId':'b7'}");

    String lines = export("prod", format);
    Got trial = bring("copy", type, lines, "?dryRun=true");
    assertThat(trial.status()).as(trial.text()).isEqualTo(200);
    Got got = bring("copy", type, lines, "");

    assertThat(got.status()).as(got.text()).isEqualTo(201);
    assertThat(details(got))
        .containsEntry("Pool", "2")
        .containsEntry("Gateway", "2")
        .containsEntry("Eip", "3")
        .containsEntry("Fip", "1");
    assertThat(export("copy", format)).isEqualTo(lines);
    assertThat(lines).doesNotContain("10.0.0.2"); // it rests
    JsonNode eip = server.get("/v1/networks/copy/eips/10.0.0.1").json();
    assertThat(eip.path("gateway").asText()).isEqualTo("gw1");
    assertThat(eip.path("tags").path("team").asText()).isEqualTo("a, b");
    assertThat(eip.path("tags").path("note").asText()).isEqualTo("a;c=d");
    assertThat(eip.path("tags").path("pad").asText()).isEqualTo(" x ");
    Got again = bring("copy", type, lines, "");
    assertThat(again.status()).as(again.text()).isEqualTo(200);
    assertThat(again.json().path("changed").asBoolean()).isFalse();
  }

  @Test
  void whatItsOwnerHoldsInAnotherWayIsRefused() {
    server.allocate("a", ",'node':'n1','leaseMs':60000,'tags':{'env':'prod'}");
    String same = ",'tags':{'env':'prod'}";

    assertThat(heldAs(same)).isEmpty();
    assertThat(heldAs(same + ",'leaseMs':60000,'node':'n1','adopted':false")).isEmpty();
    assertThat(heldAs(same + ",'leaseMs':5000"))
        .startsWith("InUse: ")
        .contains("its leaseMs is 60000, not 5000");
    assertThat(heldAs("")).contains("its tags is {env=prod}, not {}");
    assertThat(heldAs(same + ",'node':'n2'")).contains("its node is n1, not n2");
    assertThat(heldAs(same + ",'adopted':true")).contains("its adopted is false, not true");
  }

  private String heldAs(String more) {
    String owner = "'owner':{'tenant':'acme','kind':'Pod','name':'a'}";
    Got got = bring("prod", NDJSON, "{'kind':'Eip','ip':'10.0.0.1'," + owner + more + "}", "");
    return details(got).getOrDefault("line 1", "");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceAndNothingIsBroughtIn() {
    String lines =
        """
        # what a person may write
        {'kind':'Pool','pool':'x','family':'V4','ranges':['10.7.0.0/29']}
        {'kind':'Pond','pool':'y'}
        {'kind':'Eip','ip':'10.7.0.300','owner':{'tenant':'t','kind':'Pod','name':'a'}}

        {'kind':'Eip','ip':'10.7.0.1'}
        {'kind':'Eip','ip':'10.7.0.1','owner':{'tenant':'t','kind':'Pod','name':'a'},'port':5}
        not json
        """;
    Got got = bring("new", NDJSON, lines, "");

    assertThat(got.status()).isEqualTo(422);
    assertThat(got.field("code")).isEqualTo("ImportRefused");
    Map<String, String> details = details(got);
    assertThat(details).containsOnlyKeys("line 3", "line 4", "line 6", "line 7", "line 8");
    assertThat(details.get("line 3")).contains("kind is 'Pond'", "Reservation");
    assertThat(details.get("line 4")).contains("ip is '10.7.0.300'");
    assertThat(details.get("line 6")).contains("owner is missing");
    assertThat(details.get("line 7")).contains("port is '5'");
    assertThat(server.get("/v1/networks/new").status()).isEqualTo(404);
  }

  @Test
  void whatCannotBeIsSaidOfEachLine() {
    String owner = ",'owner':{'tenant':'t','kind':'Pod','name':'%s'}}\n";
    String lines =
        "{'kind':'Fip','ip':'10.7.0.2','internalIp':'fd00::1','vpc':'v'}\n"
            + ("{'kind':'Eip','ip':'10.7.0.1'" + owner.formatted("a"))
            + ("{'kind':'Eip','ip':'10.7.0.1'" + owner.formatted("b"))
            + ("{'kind':'Eip','ip':'10.9.0.1'" + owner.formatted("c"))
            + ("{'kind':'Eip','ip':'10.7.0.3','gateway':'none'" + owner.formatted("d"))
            + "{'kind':'Reservation','ip':'10.7.0.1'}\n"
            + "{'kind':'Pool','pool':'x','family':'V4','ranges':['10.7.0.0/29']}\n"
            + "{'kind':'Pool','pool':'z','family':'V4','ranges':['10.7.0.0/28']}\n";
    Got got = bring("new", NDJSON, lines, "");

    assertThat(got.status()).isEqualTo(422);
    Map<String, String> details = details(got);
    assertThat(details)
        .containsOnlyKeys("line 1", "line 2", "line 3", "line 4", "line 5", "line 8");
    assertThat(details.get("line 1")).startsWith("Invalid: internalIp is 'fd00::1'");
    // The reservation comes first: it is of an address that an EIP line wants, too.
    assertThat(details.get("line 2")).startsWith("AddressReserved");
    assertThat(details.get("line 4")).startsWith("OutOfRange");
    assertThat(details.get("line 5")).startsWith("GatewayUnknown");
    assertThat(details.get("line 8")).startsWith("PoolOverlap");
    assertThat(server.get("/v1/networks/new").status()).isEqualTo(404);
  }

  @Test
  void aTableWithAColumnThatNobodyKnows() {
    Got got =
        bring(
            "new",
            CSV,
            """
            kind,pool,family,ranges,colour,priority
            Pool,x,V4,10.7.0.0/29,red,
            Pool,y,V4,10.8.0.0/29,,high
            """,
            "");
    assertThat(got.status()).isEqualTo(422);
    assertThat(details(got)).containsOnlyKeys("line 1");
    assertThat(details(got).get("line 1")).contains("column is 'colour'", "crossTenantCooldownMs");
    String nested = "kind,ip,owner,owner.tenant\nEip,10.0.0.1,acme/VM/db,acme\n";
    assertThat(wrong(nested)).containsOnlyKeys("line 1");
    assertThat(wrong("kind,ip,ip\nReservation,10.0.0.1,10.0.0.2\n")).containsOnlyKeys("line 1");
  }

  /** What is wrong with each line of a table. */
  private Map<String, String> wrong(String table) {
    Got got = bring("new", CSV, table, "");
    assertThat(got.status()).as(got.text()).isEqualTo(422);
    return details(got);
  }

  @Test
  void aRowIsCalledByTheLineThatItBeginsOn() {
    assertThat(
            wrong(
                """
                # first a comment

                kind,pool,family,ranges,priority,labels
                Pool,a,V4,10.7.0.0/29,high,
                # and one more

                Pool,b,V4,10.8.0.0/29,high,

                Pool,c,V4,10.9.0.0/29,high,"x=1;
                y=2"
                Pool,d,V4,10.10.0.0/29,high,
                """))
        .containsOnlyKeys("line 4", "line 7", "line 9", "line 11");
  }

  @Test
  void aRowThatIsTooLongAndACellThatDoesNotEnd() {
    Map<String, String> wrong =
        wrong(
            """
            kind,pool,family,ranges
            Pool,a,V4,10.7.0.0/29,,
            Pool,b,V4,10.8.0.0/29,5
            Pool,c,V5,10.9.0.0/29
            Pool,'d,V4
            Pool,e,V4,10.10.0.0/29
            """);
    assertThat(wrong).containsOnlyKeys("line 3", "line 4", "line 5");
    assertThat(wrong.get("line 3")).contains("entry 5 is '5'", "4 entries");
    assertThat(wrong.get("line 5"))
        .startsWith("no CSV: ")
        .endsWith("the rest of the file was not read")
        .doesNotContain("com.fasterxml");
  }

  @Test
  void aMarkOfUtf8SaysNothing() {
    String table = "kind,pool,family,ranges\nPool,x,V4,10.7.0.0/29\n";
    assertThat(bring("new", CSV, "\uFEFF" + table, "").status()).isEqualTo(201);
    String line = "{'kind':'Pool','pool':'y','family':'V4','ranges':['10.8.0.0/29']}\n";
    assertThat(bring("new", NDJSON, "\uFEFF" + line, "").status()).isEqualTo(201);
  }

  @Test
  void listsAndMapsInACell() {
    String head = "kind,pool,family,ranges,labels\n";
    String json = "Pool,x,V4,'[''10.7.0.0/29'',''10.8.0.1'']','{''team'':''a;c=d''}'\n";
    Got got = bring("new", CSV, head + json, "");
    assertThat(got.status()).as(got.text()).isEqualTo(201);
    assertThat(export("new", "ndjson"))
        .contains("\"labels\":{\"team\":\"a;c=d\"}")
        .contains("\"ranges\":[\"10.7.0.0/29\",\"10.8.0.1\"]");
    assertThat(wrong(head + "Pool,y,V4,10.9.0.0/29,a=1;a=2\n").get("line 2"))
        .contains("labels is 'a=1;a=2'");
    assertThat(wrong(head + "Pool,y,V4,10.9.0.0/29,'{''a'':''1'',''a'':''2''}'\n").get("line 2"))
        .contains("labels is '{");
    assertThat(wrong(head + "Pool,y,V4,10.9.0.0/29,{a\n").get("line 2")).contains("labels is '{a'");
  }

  @Test
  void aReservationNeedsAReasonOnce() {
    String lines =
        """
        {'kind':'Pool','pool':'x','family':'V4','ranges':['10.7.0.0/29']}
        {'kind':'Reservation','ip':'10.7.0.1'}
        {'kind':'Reservation','ip':'10.7.0.2'}
        """;
    Got got =
        server.send(
            server
                .request("/v1/networks/new/import")
                .header("Content-Type", NDJSON)
                .POST(BodyPublishers.ofString(lines.replace('\'', '"'))));
    assertThat(got.status()).isEqualTo(422);
    assertThat(got.field("code")).isEqualTo("Invalid");
    assertThat(got.field("field")).isEqualTo("Holdfast-Reason");
    assertThat(bring("new", NDJSON, lines, "").status()).isEqualTo(201);
  }

  @Test
  void bodiesThatAreNone() {
    assertThat(bring("new", "text/plain", "x", "").status()).isEqualTo(415);
    assertThat(bring("new", NDJSON, "", "").status()).isEqualTo(422);
    assertThat(bring("new", NDJSON, "\n# nothing\n", "").field("field")).isEqualTo("lines");
    assertThat(server.query("/export?format=xml").status()).isEqualTo(422);
  }
}
