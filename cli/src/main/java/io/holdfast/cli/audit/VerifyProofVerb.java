package io.holdfast.cli.audit;

import io.holdfast.cli.session.Session;
import io.holdfast.projector.replay.Proof;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast audit verify-proof}. */
@Command(
    name = "verify-proof",
    description = "Checks such a file; needs no broker, no registry, no database, no network.",
    footer = {
      "",
      "Example:",
      "  holdfast audit verify-proof prod.proof",
      "Exit code 1 if anything is wrong."
    })
final class VerifyProofVerb implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The proof.")
  private Path file = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Session session = Session.of(spec);
    return ExportProofVerb.say(session, Proof.verify(file));
  }
}
