package io.holdfast.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.client.CommandAnswer;
import io.holdfast.cli.client.HoldfastClient;
import io.holdfast.cli.client.Intent;
import io.holdfast.cli.client.Json;
import io.holdfast.cli.client.Problem;
import io.holdfast.cli.client.Query;
import io.holdfast.cli.client.ServiceException;
import io.holdfast.cli.out.AnswerText;
import io.holdfast.cli.out.Doc;
import io.holdfast.cli.out.Problems;
import io.holdfast.cli.out.Views;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What verbs do. Answers go to standard output, everything else to standard error. */
public final class Session {
  private final Settings settings;
  private final Terminal terminal;

  public Session(Settings settings, Terminal terminal) {
    this.settings = settings;
    this.terminal = terminal;
  }

  /** The session that a verb runs in. */
  public static Session of(CommandSpec verb) {
    return ((HasSession) verb.root().userObject()).session();
  }

  public Terminal terminal() {
    return terminal;
  }

  public boolean json() {
    return settings.json();
  }

  public String network() {
    return settings.network(terminal.environment());
  }

  /** The network that was named; null if none was. */
  public @Nullable String namedNetwork() {
    return settings.namedNetwork(terminal.environment());
  }

  /** Where the service is. */
  public URI service() {
    return settings.service(terminal.environment());
  }

  /** For one of several commands that a verb sends. */
  public Intent oneOfMany() {
    return settings.oneOfMany(terminal.user());
  }

  public Views views() {
    return new Views(terminal.clock(), terminal.colour());
  }

  /** A client; the caller closes it. */
  public HoldfastClient client() {
    return new HoldfastClient(settings.service(terminal.environment()), settings.timeout());
  }

  /** A query below the session's network. */
  public Query query(String... segments) {
    return Query.network(network(), segments);
  }

  /** Sends a command and shows its answer. */
  public int command(String command, ObjectNode fields) {
    return command(command, fields, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param wording a refusal in the words of what was typed
   */
  public int command(String command, ObjectNode fields, UnaryOperator<Problem> wording) {
    return command(command, fields, settings.intent(terminal.user()), wording);
  }

  /** The same, made from what was read: refused if that was changed meanwhile. */
  public int change(String command, ObjectNode fields, long revision) {
    Intent intent = settings.intent(terminal.user()).seenAt(revision);
    return command(command, fields, intent, UnaryOperator.identity());
  }

  private int command(
      String command, ObjectNode fields, Intent intent, UnaryOperator<Problem> wording) {
    try (HoldfastClient client = client()) {
      CommandAnswer answer = client.command(network(), command, fields, intent);
      return answer(answer, intent.dryRun(), wording);
    } catch (ServiceException.NoAnswer e) {
      terminal.err().println("holdfast: " + e.getMessage());
      terminal.err().println(stillOpen(intent));
      return ExitCode.UNREACHABLE;
    }
  }

  /** Brings in a network and shows the answer. */
  public int importNetwork(byte[] lines, String contentType) {
    Intent intent = settings.intent(terminal.user());
    try (HoldfastClient client = client()) {
      return answer(client.importNetwork(network(), lines, contentType, intent), intent.dryRun());
    } catch (ServiceException.NoAnswer e) {
      terminal.err().println("holdfast: " + e.getMessage());
      terminal.err().println(stillOpen(intent));
      return ExitCode.UNREACHABLE;
    }
  }

  /** Prints a network as lines. */
  public int export(String format) {
    try (HoldfastClient client = client()) {
      terminal.out().print(client.export(network(), format));
      return ExitCode.DONE;
    }
  }

  /** Shows the answer a command got earlier. */
  public int outcome(String commandId) {
    try (HoldfastClient client = client()) {
      return answer(client.outcome(network(), commandId), false);
    }
  }

  /** Asks one thing and shows it. */
  public int show(Query query, Function<Doc, String> view) {
    try (HoldfastClient client = client()) {
      show(client.get(query), view);
      return ExitCode.DONE;
    }
  }

  /** Shows a document that was asked for already. */
  public void show(JsonNode document, Function<Doc, String> view) {
    if (json()) {
      print(document);
    } else {
      text(view.apply(new Doc(document)));
    }
  }

  /** Asks for a list and shows it; says so if there is more. */
  public int list(Query query, Paging paging, String nothing, Function<List<Doc>, String> view) {
    query.with("limit", paging.all && paging.limit == null ? Integer.valueOf(1000) : paging.limit);
    try (HoldfastClient client = client()) {
      JsonNode list = pages(client, query, paging);
      if (json()) {
        print(list);
        return ExitCode.DONE;
      }
      List<Doc> items = new Doc(list).docs("items");
      if (items.isEmpty()) {
        terminal.err().println(nothing);
        return ExitCode.DONE;
      }
      text(view.apply(items));
      if (list.hasNonNull("next")) {
        terminal
            .err()
            .println("There are more: add --all, or --after " + list.path("next").asText());
      }
      return ExitCode.DONE;
    }
  }

  /** One document on standard output: indented for a person, on one line for a program. */
  public void print(JsonNode document) {
    PrintWriter out = terminal.out();
    out.println(terminal.interactive() ? document.toPrettyString() : document.toString());
    out.flush();
  }

  private static JsonNode pages(HoldfastClient client, Query query, Paging paging) {
    JsonNode page = client.get(query.copy().with("after", paging.after));
    // The service looks at so many entries for a page: with a filter, a page may be empty and not
    // the last.
    while (page.path("items").isEmpty() && page.hasNonNull("next")) {
      page = client.get(query.copy().with("after", page.path("next").asText()));
    }
    if (!paging.all || !page.hasNonNull("next")) {
      return page;
    }
    ObjectNode whole = Json.object();
    whole.set("sequence", page.path("sequence"));
    ArrayNode items = whole.putArray("items");
    page.path("items").forEach(items::add);
    while (page.hasNonNull("next")) {
      page = client.get(query.copy().with("after", page.path("next").asText()));
      page.path("items").forEach(items::add);
    }
    return whole;
  }

  private int answer(CommandAnswer answer, boolean dryRun) {
    return answer(answer, dryRun, UnaryOperator.identity());
  }

  private int answer(CommandAnswer answer, boolean dryRun, UnaryOperator<Problem> wording) {
    switch (answer) {
      case CommandAnswer.Accepted accepted -> {
        if (json()) {
          print(accepted.document());
        } else {
          text(AnswerText.of(accepted, dryRun, views()));
        }
        return ExitCode.DONE;
      }
      case CommandAnswer.Refused refused -> {
        if (json()) {
          print(refused.document());
        } else {
          terminal.err().println(Problems.lines(wording.apply(refused.problem())));
        }
        return ExitCode.REFUSED;
      }
    }
  }

  private String stillOpen(Intent intent) {
    return "  The command may have been executed, or still be. Ask: holdfast -n "
        + network()
        + " outcome show "
        + intent.id()
        + "\n  Or repeat it with --id "
        + intent.id()
        + ": it is executed once at most.";
  }

  private void text(String text) {
    terminal.out().print(text);
    terminal.out().flush();
  }
}
