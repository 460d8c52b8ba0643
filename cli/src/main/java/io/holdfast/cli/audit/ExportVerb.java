package io.holdfast.cli.audit;

import io.holdfast.cli.client.Query;
import io.holdfast.cli.session.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast audit export}. */
@Command(
    name = "export",
    description = "All events of a span of time into a file, as CSV or one JSON object a line.",
    footer = {"", "Example:", "  holdfast audit export events.csv --from 2026-11-01T00:00:00Z"})
final class ExportVerb extends AuditQuestion {
  private enum Format {
    CSV,
    NDJSON
  }

  @Parameters(paramLabel = "FILE", description = "Where to; its ending says the format.")
  private Path file = Path.of("");

  @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}.")
  private @Nullable Format format;

  @Option(names = "--from", paramLabel = "TIME", description = "Not before; ISO 8601 with a zone.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Before; ISO 8601 with a zone.")
  private @Nullable String to;

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean csv = format == null ? file.toString().endsWith(".csv") : format == Format.CSV;
    Query query =
        query("export").with("format", csv ? "csv" : "ndjson").with("from", from).with("to", to);
    String base = url().toString().replaceFirst("/$", "");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(base + query)).build(),
              BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != 200) {
          String said = new String(body.readAllBytes(), StandardCharsets.UTF_8);
          session().terminal().err().println("holdfast: " + said);
          return answer.statusCode() == 503 ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
        }
        long bytes;
        try (OutputStream out = Files.newOutputStream(file)) {
          bytes = body.transferTo(out);
        }
        session().terminal().err().printf(Locale.ROOT, "%s: %,d bytes%n", file, bytes);
        return ExitCode.DONE;
      }
    } catch (ConnectException e) {
      session().terminal().err().println("holdfast: no audit API at " + base);
      return ExitCode.UNREACHABLE;
    }
  }
}
