package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.client.Json;
import io.holdfast.standalone.AuditStack;
import io.holdfast.standalone.Standalone;
import io.holdfast.standalone.StandaloneOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code holdfast audit ...} on all that {@code holdfast up} starts. */
class AuditVerbsIT {
  /** After all events: what is projected is what is told. */
  private static final String NOW = "2999-01-01T00:00:00Z";

  private static final String IP = "203.0.113.1";

  @TempDir static Path dir;
  private static Standalone standalone;
  private static AuditStack audit;

  @BeforeAll
  static void start() {
    standalone = Standalone.start(StandaloneOptions.in(dir).withFsync(false), line -> {});
    audit = AuditStack.start(standalone, dir, 0, 0);
    ok("pool", "define", "p", "203.0.113.0/29");
    ok("eip", "allocate", "--pool", "p", "--owner", "acme/Pod/shop/a");
    ok("fip", "bind", IP, "10.0.0.5");
    assertThat(shell().run("eip", "release", IP).code()).isEqualTo(3);
    ok("eip", "force-release", IP, "--reason", "ticket 1");
    String restored = ok("eip", "restore", IP, "--reason", "ticket 1 was a mistake");
    assertThat(restored).contains(IP);
    long last =
        Json.parse(ok("-o", "json", "network", "show")).orElseThrow().path("sequence").asLong();
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (json("audit", "history", IP).path("asOf").path("sequence").asLong() < last) {
      assertThat(System.nanoTime()).as("projected").isLessThan(deadline);
      LockSupport.parkNanos(50_000_000);
    }
  }

  @AfterAll
  static void stop() {
    audit.close();
    standalone.close();
  }

  private static Shell shell() {
    return new Shell(standalone.httpUrl())
        .with("HOLDFAST_AUDIT", audit.url().toString())
        .with("HOLDFAST_KAFKA", standalone.bootstrapServers())
        .with("HOLDFAST_REGISTRY", standalone.registryUrl().toString())
        .with("HOLDFAST_DATABASE", audit.jdbcUrl());
  }

  private static String ok(String... words) {
    Shell.Run run = shell().run(words);
    assertThat(run.code()).as("%s: %s", List.of(words), run.err()).isZero();
    return run.out();
  }

  private static JsonNode json(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "-o";
    all[words.length + 1] = "json";
    return Json.parse(shell().run(all).out()).orElseThrow();
  }

  private static List<String> types(JsonNode answer) {
    return answer.path("items").findValuesAsText("type");
  }

  @Test
  void whoHad() {
    assertThat(ok("audit", "who-had", IP, "--at", NOW))
        .contains(IP, "acme/Pod/shop/a", "Allocated", "fip->10.0.0.5", "alice");
    JsonNode item = json("audit", "who-had", IP, "--at", NOW).path("items").path(0);
    assertThat(item.path("restores").asLong())
        .isPositive()
        .isLessThan(item.path("tenure").asLong());
    for (String[] question :
        List.of(
            new String[] {"--owner", "acme/Pod/shop/a"},
            new String[] {"--tenant", "acme"},
            new String[] {"--internal-ip", "10.0.0.5"})) {
      assertThat(ok("audit", "who-had", question[0], question[1], "--at", NOW)).contains(IP);
    }
    assertThat(ok("audit", "who-had", "203.0.113.2", "--at", NOW)).contains("Free");
  }

  @Test
  void historyNamesWhoAndWhy() {
    assertThat(types(json("audit", "history", IP)))
        .containsSubsequence(
            "EipAllocated",
            "FipBound",
            "FipUnbound",
            "EipReleaseRequested",
            "EipRestored",
            "FipBound");
    assertThat(ok("audit", "history", "--tenant", "acme")).contains("ticket 1 was a mistake");
    assertThat(ok("audit", "history", IP, "--limit", "2")).contains("EipAllocated");
  }

  @Test
  void stateAndDiff() {
    assertThat(ok("audit", "state", "--at", NOW)).contains(IP, "acme/Pod/shop/a");
    assertThat(ok("audit", "state", "--at", "2000-01-01T00:00:00Z"))
        .contains("All addresses were free");
    assertThat(ok("audit", "diff", "--from", "2000-01-01T00:00:00Z", "--to", NOW))
        .contains(IP, "- Free", "+ Allocated acme/Pod/shop/a");
  }

  @Test
  void refusedAndStatus() {
    assertThat(ok("audit", "refused", "--code", "InUse")).contains("ReleaseEip", "InUse", "alice");
    assertThat(ok("audit", "refused", "--code", "PoolUnknown")).contains("None was refused");
    assertThat(ok("audit", "status")).contains("default", "ok", "Lag: 0").doesNotContain("ALARM");
  }

  @Test
  void export() throws Exception {
    Path csv = dir.resolve("events.csv");
    Path ndjson = dir.resolve("events.ndjson");
    ok("audit", "export", csv.toString());
    ok("audit", "export", ndjson.toString());
    long events = json("network", "show").path("sequence").asLong();
    assertThat(Files.readAllLines(csv)).hasSize((int) events + 1);
    assertThat(Files.readAllLines(csv).getFirst()).startsWith("sequence,at,type,ip,");
    assertThat(Files.readAllLines(ndjson))
        .hasSize((int) events)
        .allSatisfy(line ->
            assertThat(Json.parse(line).orElseThrow().path("network").asText())
                .isEqualTo("default"));
  }

  @Test
  void replayGivesTheDigestOfTheLiveStores() {
    String digest = json("network", "show").path("digest").asText();
    assertThat(ok("audit", "replay")).contains(IP, "acme/Pod/shop/a", digest);
    assertThat(json("audit", "replay", "--until", "2").path("sequence").asLong()).isEqualTo(2);
    Shell.Run none = shell().run("audit", "replay", "-n", "no-such");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("no-such has no events");
    assertThat(shell().run("audit", "replay", "--until", "yesterday").err())
        .contains("'yesterday' is neither a sequence number nor a time with a zone");
  }

  @Test
  void verifyComparesAllThree() {
    long events = json("network", "show").path("sequence").asLong();
    assertThat(ok("audit", "verify"))
        .contains("whole, " + events + " events")
        .contains("live stores: the same after event #" + events)
        .contains("audit database: the same after event #" + events);
    assertThat(ok("audit", "verify", "--all-networks", "--no-live"))
        .contains("live stores: not compared");
  }

  @Test
  void aProofStandsAloneAndShowsAnEdit() throws Exception {
    Path proof = dir.resolve("default.proof");
    assertThat(ok("audit", "export-proof", proof.toString())).contains("whole");
    assertThat(ok("audit", "verify-proof", proof.toString()))
        .contains(json("network", "show").path("hash").asText());
    List<String> lines = Files.readAllLines(proof);
    int second = 0;
    while (!lines.get(second).contains("\"event\":2,")) {
      second++;
    }
    lines.remove(second);
    Files.write(proof, lines);
    Shell.Run edited = shell().run("audit", "verify-proof", proof.toString());
    assertThat(edited.code()).isEqualTo(1);
    assertThat(edited.err()).contains("FIRST FAULT").contains("event 2");
  }

  @Test
  void whatIf() {
    assertThat(ok("audit", "what-if", "--cooldown", "24h"))
        .contains("1 AllocateEip and AllocateBundle", "kept for 7d", "AS RECORDED", "WHAT IF")
        .contains("Answers that would have differed: 0");
    JsonNode report = json("audit", "what-if", "--cooldown", "p=0s");
    assertThat(report.path("window").path("commands").asLong()).isEqualTo(1);
    assertThat(report.path("modelDiffersFromRecord").asLong()).isZero();
    assertThat(report.path("whatIf").path("accepted").asLong()).isEqualTo(1);
  }

  @Test
  void whatCannotBeAskedIsSaid() {
    assertUsage("what can be changed: --cooldown", "audit", "what-if");
    assertUsage("'9'; allowed: TENANT=LIMIT", "audit", "what-if", "--quota", "9");
    assertUsage("two for tenant t", "audit", "what-if", "--quota", "t=9", "--quota", "t=none");
    assertUsage("'lru' is no policy", "audit", "what-if", "--policy", "lru");
    assertUsage("'31d' is more than a pool takes: 30d", "audit", "what-if", "--cooldown", "31d");
    assertUsage("'soon' is not a duration", "audit", "what-if", "--cooldown", "p=soon");
    assertUsage("'=1h' names no pool", "audit", "what-if", "--cooldown", "=1h");
    assertUsage("two for all pools", "audit", "what-if", "--cooldown", "1h", "--cooldown", "2h");
    assertUsage("two for pool p", "audit", "what-if", "--cooldown", "p=1h", "--cooldown", "p=1h");
    assertUsage("there were only p", "audit", "what-if", "--cooldown", "typo=1h");
    assertUsage("tenant 'acne' changes nothing", "audit", "what-if", "--quota", "acne=1");
    assertUsage("is no time with a zone", "audit", "what-if", "--cooldown", "1h", "--from", "noon");
    assertUsage("--at", "audit", "who-had", IP);
    Shell.Run zoneless = shell().run("audit", "who-had", IP, "--at", "2026-11-21T14:00:00");
    assertThat(zoneless.code()).isEqualTo(3);
    assertThat(zoneless.err()).contains("ISO 8601 with a zone");
  }

  private static void assertUsage(String said, String... words) {
    Shell.Run run = shell().run(words);
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(said);
  }

  @Test
  void noAuditApi() {
    Shell.Run run =
        shell()
            .with("HOLDFAST_AUDIT", URI.create("http://127.0.0.1:1").toString())
            .run("audit", "who-had", IP, "--at", NOW);
    assertThat(run.code()).isEqualTo(4);
  }
}
