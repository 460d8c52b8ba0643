package io.holdfast.cli.audit;

import io.holdfast.cli.out.ProgressBar;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import io.holdfast.projector.log.EntryReader;
import io.holdfast.projector.replay.Proof;
import io.holdfast.projector.replay.Replay;
import io.holdfast.schemas.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast audit export-proof}. */
@Command(
    name = "export-proof",
    description = "Writes a network's whole record, byte for byte, into a file that stands alone.",
    footer = {"", "Example:", "  holdfast audit export-proof prod.proof"})
final class ExportProofVerb implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "Where to.")
  private Path file = Path.of("");

  @Option(
      names = "--until",
      paramLabel = "TIME|EVENT",
      description = "Up to and including; ISO 8601 with a zone, or an event's number.")
  private @Nullable String until;

  @Mixin private LogArgs log = new LogArgs();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Session session = Session.of(spec);
    Replay.Until end = until == null ? Replay.Until.END : Replay.Until.parse(until);
    ProgressBar bar =
        new ProgressBar(session.terminal().err(), session.terminal().interactive(), "export");
    Proof.Summary proof;
    try (RegistryClient registry = log.registry(session)) {
      proof =
          Proof.export(
              log.log(session, registry),
              session.network(),
              end,
              registry::byId,
              new EntryReader(LogArgs.codec(registry)),
              file,
              bar::at);
    }
    bar.end();
    return say(session, proof);
  }

  static int say(Session session, Proof.Summary proof) {
    if (proof.fault() != null) {
      session.terminal().err().println("holdfast: FIRST FAULT: " + proof.fault());
      return ExitCode.FAILED;
    }
    session
        .terminal()
        .out()
        .printf(
            "Network %s: whole, %d events.%n  digest %s%n  hash   %s%n"
                + "Compare the hash with one from another source, for example: holdfast -n %s network show%n",
            proof.network(), proof.events(), proof.digest(), proof.hash(), proof.network());
    session.terminal().out().flush();
    return ExitCode.DONE;
  }
}
