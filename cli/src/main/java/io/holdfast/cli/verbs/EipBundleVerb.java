package io.holdfast.cli.verbs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.client.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code holdfast eip bundle}. */
@Command(
    name = "bundle",
    description = {
      "Give several owners addresses with their rules, in one step: all of it or nothing.",
      "FILE has one request a line, as JSON: the fields of eip allocate, and rules."
    },
    footer = {
      "",
      "Example:",
      "  holdfast eip bundle shop.ndjson --dry-run",
      "",
      "A line of it, broken here:",
      "  {\"pools\": [\"public\"], \"owner\": \"acme/VM/web\", \"gateway\": \"gw-1\", \"rules\":",
      "   [{\"kind\": \"Dnat\", \"protocol\": \"TCP\", \"port\": 443, \"internalIp\": \"10.0.0.5\",",
      "     \"internalPort\": 8443}]}",
      "kind: Fip (internalIp), Dnat, or Snat (source); vpc, if it is not \"default\"."
    })
final class EipBundleVerb extends VerbGroup implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "Requests, one a line.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    try {
      BundleFile bundle = BundleFile.of(Files.readAllLines(file));
      ObjectNode fields = Json.object();
      fields.set("items", bundle.items());
      return session().command("AllocateBundle", fields, p -> p.reworded(bundle::ofLines));
    } catch (IOException e) {
      throw usage("cannot be read: " + e);
    } catch (BundleFile.BadLineException e) {
      throw usage(e.what());
    }
  }

  private ParameterException usage(String what) {
    return new ParameterException(spec().commandLine(), file + " " + what);
  }
}
