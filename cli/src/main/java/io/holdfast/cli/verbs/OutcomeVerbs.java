package io.holdfast.cli.verbs;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast outcome ...}. */
@Command(name = "outcome", description = "Answers to earlier commands: show.")
public final class OutcomeVerbs extends VerbGroup {
  @Command(
      name = "show",
      description = {
        "The answer a command got, with the exit code it would have given.",
        "Refused with 404: not decided yet, never arrived, or forgotten."
      },
      footer = {"", "Example:", "  holdfast outcome show 0f4c1e1a-6f0b-4d0a-9a58-3f1f6d7c2b10"})
  int show(@Parameters(paramLabel = "ID", description = "Id of the command.") String id) {
    return session().outcome(id);
  }
}
