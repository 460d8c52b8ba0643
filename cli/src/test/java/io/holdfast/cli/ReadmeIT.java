package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.standalone.Standalone;
import io.holdfast.standalone.StandaloneOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's tour, typed against a running service: what stands there is what comes. Only times
 * and the name of who typed differ.
 */
final class ReadmeIT {
  private static final String PROMPT = "    $ ";
  private static final String HOLDFAST = "./holdfast ";
  private static final String SERVICE = "http://127.0.0.1:8080";

  @TempDir Path dir;

  private record Step(String typed, String printed) {}

  @Test
  void theTourIsTrue() throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    List<Step> tour = steps(between(readme, "In another, define a pool", "## A gateway node"));
    List<Step> asking = steps(between(readme, "## Asking", "## Limits"));
    assertThat(tour).hasSizeGreaterThan(8).allMatch(s -> s.typed().startsWith(HOLDFAST));
    assertThat(asking).hasSize(1);
    try (Standalone standalone =
        Standalone.start(StandaloneOptions.in(dir).withFsync(false), line -> {})) {
      Shell shell = new Shell(standalone.httpUrl());
      for (Step step : tour) {
        String[] words = step.typed().substring(HOLDFAST.length()).split(" ", -1);
        Shell.Run run = shell.run(words);
        assertThat(plain(run.out() + run.err())).as(step.typed()).isEqualTo(plain(step.printed()));
      }
      for (Step step : asking) {
        assertThat(get(step.typed(), standalone.httpUrl())).matches(withGaps(step.printed()));
      }
    }
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from);
    int end = text.indexOf(to, start);
    assertThat(start).as(from).isNotNegative();
    assertThat(end).as(to).isGreaterThan(start);
    return text.substring(start, end);
  }

  /** Each line after a prompt, with the indented lines that follow it. */
  private static List<Step> steps(String section) {
    List<Step> steps = new ArrayList<>();
    for (String line : section.lines().toList()) {
      if (line.startsWith(PROMPT)) {
        steps.add(new Step(line.substring(PROMPT.length()), ""));
      } else if (line.startsWith("    ") && !steps.isEmpty()) {
        Step last = steps.removeLast();
        steps.add(new Step(last.typed(), last.printed() + line.substring(4) + "\n"));
      }
    }
    return steps;
  }

  private static String plain(String output) {
    return output
        .replaceAll("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z", "TIME")
        .replaceAll("\\((root|alice)\\)", "(WHO)")
        .strip();
  }

  /** What the README leaves out as "..." may be anything. */
  private static Pattern withGaps(String printed) {
    return Pattern.compile(
        Pattern.quote(printed.strip()).replace("...", "\\E.*\\Q"), Pattern.DOTALL);
  }

  private static String get(String typed, URI service) throws IOException, InterruptedException {
    String url = typed.substring(typed.indexOf(SERVICE));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(url.replace(SERVICE, service.toString()))).build(),
              HttpResponse.BodyHandlers.ofString())
          .body()
          .strip();
    }
  }
}
