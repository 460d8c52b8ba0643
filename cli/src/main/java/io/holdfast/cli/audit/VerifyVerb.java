package io.holdfast.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.client.HoldfastClient;
import io.holdfast.cli.client.Json;
import io.holdfast.cli.client.Query;
import io.holdfast.cli.out.ProgressBar;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import io.holdfast.projector.db.AuditDatabase;
import io.holdfast.projector.replay.DatabaseSnapshot;
import io.holdfast.projector.replay.HeadAt;
import io.holdfast.projector.replay.Verifier;
import io.holdfast.schemas.registry.RegistryClient;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast audit verify}. */
@Command(
    name = "verify",
    description = {
      "Checks the whole record from the log itself: numbers, hash chain, invariants, digests;",
      "and that live stores and audit database say the same. Names the first bad event."
    },
    footer = {
      "",
      "Example:",
      "  holdfast audit verify --database 'jdbc:postgresql://127.0.0.1:5432/audit?user=holdfast'",
      "Exit code 1 if anything is wrong."
    })
final class VerifyVerb implements Callable<Integer> {
  @Option(names = "--all-networks", description = "All of them; else that of -n.")
  private boolean all;

  @Option(names = "--no-live", description = "Do not compare with the live service (--service).")
  private boolean noLive;

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      description = "Compare with this audit database; else $HOLDFAST_DATABASE, else with none.")
  private @Nullable String database;

  @Mixin private LogArgs log = new LogArgs();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws SQLException {
    Session session = Session.of(spec);
    Optional<String> network = all ? Optional.empty() : Optional.of(session.network());
    Map<String, HeadAt> live = noLive ? Map.of() : live(session);
    String url =
        database != null ? database : session.terminal().environment().get("HOLDFAST_DATABASE");
    ProgressBar bar =
        new ProgressBar(session.terminal().err(), session.terminal().interactive(), "verify");
    List<Verifier.Verdict> verdicts;
    try (RegistryClient registry = log.registry(session);
        DatabaseSnapshot snapshot =
            url == null ? null : DatabaseSnapshot.open(new AuditDatabase(url))) {
      verdicts =
          new Verifier(log.log(session, registry), live, Optional.ofNullable(snapshot))
              .run(network, bar::at);
    }
    bar.end();
    boolean bad = verdicts.isEmpty() || verdicts.stream().anyMatch(v -> v.fault() != null);
    if (session.json()) {
      session.print(json(verdicts));
    } else {
      PrintWriter out = session.terminal().out();
      verdicts.forEach(v -> out.print(text(v)));
      if (verdicts.isEmpty()) {
        out.println(
            "The log has no events" + network.map(n -> " of network " + n).orElse("") + ".");
      }
      out.flush();
    }
    return bad ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static Map<String, HeadAt> live(Session session) {
    Map<String, HeadAt> heads = new HashMap<>();
    try (HoldfastClient client = session.client()) {
      JsonNode page = client.get(Query.path("v1", "networks").with("limit", 1_000));
      add(page, heads);
      while (page.hasNonNull("next")) {
        page =
            client.get(
                Query.path("v1", "networks")
                    .with("limit", 1_000)
                    .with("after", page.path("next").asText()));
        add(page, heads);
      }
    }
    return heads;
  }

  private static void add(JsonNode page, Map<String, HeadAt> heads) {
    for (JsonNode n : page.path("items")) {
      heads.put(
          n.path("network").asText(),
          new HeadAt(
              n.path("sequence").asLong(), n.path("digest").asText(), n.path("hash").asText()));
    }
  }

  private static String text(Verifier.Verdict v) {
    if (v.fault() != null) {
      return "Network %s: NOT WHOLE. First fault: %s%n".formatted(v.network(), v.fault());
    }
    return "Network %s: whole, %d events.%n".formatted(v.network(), v.events())
        + "  numbers, hash chain, invariants, digests: in order%n".formatted()
        + "  live stores: %s%n".formatted(compared(v.liveAt()))
        + "  audit database: %s%n".formatted(compared(v.databaseAt()))
        + "  digest %s%n  hash   %s%n".formatted(v.digest(), v.hash());
  }

  private static String compared(long at) {
    return at == 0 ? "not compared" : "the same after event #" + at;
  }

  private static JsonNode json(List<Verifier.Verdict> verdicts) {
    ObjectNode document = Json.object();
    ArrayNode items = document.putArray("items");
    for (Verifier.Verdict v : verdicts) {
      ObjectNode item = items.addObject();
      item.put("network", v.network()).put("whole", v.fault() == null).put("events", v.events());
      item.put("digest", v.digest()).put("hash", v.hash());
      item.put("liveComparedAt", v.liveAt()).put("databaseComparedAt", v.databaseAt());
      if (v.fault() != null) {
        item.putObject("fault")
            .put("sequence", v.fault().sequence())
            .put("kind", v.fault().kind().name())
            .put("message", v.fault().message());
      }
    }
    return document;
  }
}
