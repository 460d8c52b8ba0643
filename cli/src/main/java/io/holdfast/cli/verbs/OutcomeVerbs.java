package io.holdfast.cli.verbs;

import io.holdfast.cli.out.Explained;
import io.holdfast.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast outcome ...}. */
@Command(name = "outcome", description = "Answers to earlier commands: show, explain.")
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

  @Command(
      name = "explain",
      description = "Why a command was refused, how things are now, and what would help.",
      footer = {"", "Example:", "  holdfast outcome explain 0f4c1e1a-6f0b-4d0a-9a58-3f1f6d7c2b10"})
  int explain(@Parameters(paramLabel = "ID", description = "Id of the command.") String id) {
    Session s = session();
    return s.show(s.query("outcomes", id, "explain"), Explained::text);
  }
}
