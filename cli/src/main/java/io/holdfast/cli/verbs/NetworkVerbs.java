package io.holdfast.cli.verbs;

import io.holdfast.cli.args.LineFormat;
import io.holdfast.cli.client.Query;
import io.holdfast.cli.session.Paging;
import io.holdfast.cli.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code holdfast network ...}. */
@Command(name = "network", description = "Networks: list, show, export, import.")
public final class NetworkVerbs extends VerbGroup {
  @Command(
      name = "list",
      description = "All networks and how far their logs have got.",
      footer = {"", "Example:", "  holdfast network list"})
  int list(@Mixin Paging paging) {
    Session s = session();
    return s.list(
        Query.path("v1", "networks"),
        paging,
        "No network yet: the first command about one creates it.",
        s.views().networks()::list);
  }

  @Command(
      name = "show",
      description = "One network: sequence, digest and hash of its log.",
      footer = {"", "Example:", "  holdfast network show prod"})
  int show(
      @Parameters(arity = "0..1", paramLabel = "NETWORK", description = "Default: that of -n.")
          @Nullable String network) {
    Session s = session();
    Query query = network == null ? s.query() : Query.network(network);
    return s.show(query, s.views().networks()::show);
  }

  @Command(
      name = "export",
      description = {
        "A network as lines: its pools, gateways, quotas, reservations, EIPs and rules.",
        "What is being released, cools down or is in quarantine is not part of it, nor who waits and"
            + " what is offered."
      },
      footer = {
        "",
        "Examples:",
        "  holdfast network export",
        "  holdfast network export --format csv"
      })
  int export(
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              defaultValue = "ndjson",
              description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
          LineFormat format) {
    return session().export(format.toString());
  }

  @Command(
      name = "import",
      description = {
        "Bring in a network, or a part of one, from a file of lines: all of it, or nothing and what"
            + " is wrong with each line.",
        "What is there already, just so, is left as it is. --dry-run only checks.",
        "Reservations need --reason. A node that EIPs name must have been heard of, and pools must"
            + " cover all addresses."
      },
      footer = {
        "",
        "Examples:",
        "  holdfast network import prod.ndjson --reason 'move to the new site' --dry-run",
        "  holdfast network import eips.csv --reason 'move from the old allocator'"
      })
  int importFile(
      @Parameters(paramLabel = "FILE", description = "NDJSON, or CSV if its name ends in .csv.")
          Path file) {
    byte[] lines;
    try {
      lines = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ParameterException(
          spec().commandLine(), "FILE: '" + file + "' cannot be read; allowed: a file of lines", e);
    }
    boolean isCsv = file.toString().endsWith(".csv");
    return session().importNetwork(lines, isCsv ? "text/csv" : "application/x-ndjson");
  }
}
