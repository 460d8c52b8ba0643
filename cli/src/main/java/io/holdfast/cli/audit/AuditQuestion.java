package io.holdfast.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.client.HoldfastClient;
import io.holdfast.cli.client.Query;
import io.holdfast.cli.out.Doc;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What questions to the audit API share. */
abstract class AuditQuestion implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(65);

  @Option(
      names = "--audit",
      paramLabel = "URL",
      description = "Where the audit API is; else $HOLDFAST_AUDIT, else http://127.0.0.1:8082.")
  private @Nullable String audit;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before any verb runs
  private CommandSpec spec;

  final Session session() {
    return Session.of(spec);
  }

  final CommandSpec spec() {
    return spec;
  }

  final URI url() {
    String text =
        audit != null
            ? audit
            : session()
                .terminal()
                .environment()
                .getOrDefault("HOLDFAST_AUDIT", "http://127.0.0.1:8082");
    try {
      URI url = URI.create(text.contains("://") ? text : "http://" + text);
      if (url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException notOne) {
      // said below
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not the URL of an audit API, for example http://127.0.0.1:8082");
  }

  final Query query(String question) {
    return Query.network(session().network(), "audit", question);
  }

  final int show(Query query, Function<Doc, String> view) {
    return show(query, null, view);
  }

  /** Asks; with {@code --all}, page by page. */
  final int show(Query query, @Nullable Pages pages, Function<Doc, String> view) {
    try (HoldfastClient client = new HoldfastClient(url(), TIMEOUT)) {
      JsonNode answer = ask(client, query, pages);
      String warning = answer.path("warning").asText("");
      PrintWriter err = session().terminal().err();
      if (!warning.isEmpty()) {
        err.println("warning: " + warning);
      }
      session().show(answer, view);
      if (!session().json() && answer.hasNonNull("next")) {
        err.println("There are more: add --all, or --after " + answer.path("next").asText());
      }
      return ExitCode.DONE;
    }
  }

  private static JsonNode ask(HoldfastClient client, Query query, @Nullable Pages pages) {
    if (pages == null) {
      return client.get(query);
    }
    query.with(
        "limit", pages.limit != null ? pages.limit : pages.all ? Integer.valueOf(1_000) : null);
    JsonNode page = client.get(query.copy().with("after", pages.after));
    if (!pages.all || !page.hasNonNull("next") || !(page instanceof ObjectNode whole)) {
      return page;
    }
    ArrayNode items = whole.withArray("items");
    while (page.hasNonNull("next")) {
      page = client.get(query.copy().with("after", page.path("next").asText()));
      page.path("items").forEach(items::add);
    }
    whole.remove("next");
    return whole;
  }

  /** How much of a list to get. */
  static final class Pages {
    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 100).")
    private @Nullable Integer limit;

    @Option(names = "--after", paramLabel = "TOKEN", description = "Go on after this place.")
    private @Nullable String after;

    @Option(names = "--all", description = "All of them, page by page.")
    private boolean all;
  }
}
