package io.holdfast.cli.verbs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.args.Durations;
import io.holdfast.cli.client.CommandAnswer;
import io.holdfast.cli.client.HoldfastClient;
import io.holdfast.cli.client.Json;
import io.holdfast.cli.out.Problems;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast node drain}. */
@Command(
    name = "drain",
    description = {
      "Moves every gateway off a node, and waits until nothing of them is left there.",
      "The node stays a candidate: a gateway may be moved back to it later."
    },
    footer = {"", "Example:", "  holdfast node drain node-1 --reason 'new kernel, ticket 4711'"})
final class NodeDrainVerb extends VerbGroup implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(200);

  @Parameters(paramLabel = "NODE", description = "Its name.")
  @SuppressWarnings("NullAway.Init") // required, so picocli sets it
  private String node;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      converter = Durations.class,
      defaultValue = "2m",
      description = "How long to wait for the node to be empty (default: 2m).")
  private Duration wait = Duration.ofMinutes(2);

  private record Left(List<String> running, List<String> unfenced) {
    int size() {
      return running.size() + unfenced.size();
    }

    String text() {
      List<String> parts = new ArrayList<>();
      if (!running.isEmpty()) {
        parts.add("still running there: " + String.join(", ", running));
      }
      if (!unfenced.isEmpty()) {
        parts.add("moved, not yet seen empty there: " + String.join(", ", unfenced));
      }
      return parts.isEmpty() ? "nothing is left" : String.join("; ", parts);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    Session s = session();
    PrintWriter err = s.terminal().err();
    try (HoldfastClient client = s.client()) {
      Left left = left(s, client);
      int total = left.size();
      boolean refused = false;
      for (String gateway : left.running()) {
        CommandAnswer answer =
            client.command(
                s.network(),
                "RescheduleGateway",
                Fields.of("gateway", gateway).json(),
                s.oneOfMany());
        if (answer instanceof CommandAnswer.Refused no) {
          err.println(gateway + " stays: " + Problems.lines(no.problem()));
          refused = true;
        }
      }
      if (s.oneOfMany().dryRun()) {
        err.println(total + " gateways would have to go; " + left.text());
        return refused ? ExitCode.REFUSED : ExitCode.DONE;
      }
      left = follow(s, client, left, total, refused);
      report(s, left, total);
      return left.size() == 0 ? ExitCode.DONE : refused ? ExitCode.REFUSED : ExitCode.FAILED;
    }
  }

  /** Waits for what can go, and says each time less is left. */
  private Left follow(Session s, HoldfastClient client, Left first, int total, boolean refused)
      throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    String said = "";
    Left left = first;
    while (true) {
      left = left(s, client);
      String now = (total - left.size()) + " of " + total + " gateways are off " + node;
      String text = now + "; " + left.text();
      if (!text.equals(said)) {
        s.terminal().err().println(text);
        s.terminal().err().flush();
        said = text;
      }
      boolean over = left.unfenced().isEmpty() && (left.running().isEmpty() || refused);
      if (over || System.nanoTime() > deadline) {
        return left;
      }
      Thread.sleep(LOOK);
    }
  }

  private Left left(Session s, HoldfastClient client) {
    JsonNode found = client.get(s.query("nodes", node, "gateways"));
    List<String> running = new ArrayList<>();
    List<String> unfenced = new ArrayList<>();
    for (JsonNode item : found.path("items")) {
      if (item.path("current").asBoolean()) {
        running.add(item.path("gateway").asText());
      } else if (!item.path("unfenced").isEmpty()) {
        unfenced.add(item.path("gateway").asText());
      }
    }
    return new Left(running, unfenced);
  }

  private void report(Session s, Left left, int total) {
    if (s.json()) {
      ObjectNode answer = Json.object().put("node", node).put("gateways", total);
      answer.put("moved", total - left.size());
      ArrayNode running = answer.putArray("running");
      left.running().forEach(running::add);
      ArrayNode unfenced = answer.putArray("unfenced");
      left.unfenced().forEach(unfenced::add);
      s.print(answer);
    } else {
      PrintWriter out = s.terminal().out();
      out.println(
          left.size() == 0
              ? node + " is drained: " + total + " gateways moved"
              : node + " is not drained: " + left.text());
      out.flush();
    }
  }
}
