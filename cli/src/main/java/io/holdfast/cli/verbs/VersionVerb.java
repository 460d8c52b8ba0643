package io.holdfast.cli.verbs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.client.Json;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code holdfast version}. */
@Command(
    name = "version",
    description = "Which version this is.",
    footer = {"", "Example:", "  holdfast version"})
public final class VersionVerb extends VerbGroup implements Callable<Integer> {
  @Override
  public Integer call() {
    Session s = session();
    ObjectNode json =
        Json.object().put("version", version()).put("java", Runtime.version().toString());
    s.show(json, d -> line() + "\n");
    return ExitCode.DONE;
  }

  /** One line for people. */
  public static String line() {
    return "holdfast " + version() + " (Java " + Runtime.version() + ")";
  }

  /** From the jar's manifest; classes that are not in a jar are of no version. */
  private static String version() {
    String v = VersionVerb.class.getPackage().getImplementationVersion();
    return v == null ? "development" : v;
  }
}
