package io.holdfast.cli.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.out.Cell;
import io.holdfast.cli.out.Doc;
import io.holdfast.cli.out.ProgressBar;
import io.holdfast.cli.out.Table;
import io.holdfast.cli.out.Tone;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import io.holdfast.projector.replay.Folding;
import io.holdfast.projector.replay.Replay;
import io.holdfast.projector.replay.StateDocument;
import io.holdfast.schemas.registry.RegistryClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast audit replay}. */
@Command(
    name = "replay",
    description = {
      "Folds a network's events straight from the log, without a database, and shows the state.",
      "-n says which network."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast audit replay",
      "  holdfast audit replay -n prod --until 2026-11-21T14:00:00Z"
    })
final class ReplayVerb implements Callable<Integer> {
  @Option(
      names = "--until",
      paramLabel = "TIME|EVENT",
      description = "Up to and including; ISO 8601 with a zone, or an event's number.")
  private @Nullable String until;

  @Mixin private LogArgs log = new LogArgs();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Session session = Session.of(spec);
    Replay.Until end = until == null ? Replay.Until.END : Replay.Until.parse(until);
    ProgressBar bar =
        new ProgressBar(session.terminal().err(), session.terminal().interactive(), "replay");
    Folding folding;
    try (RegistryClient registry = log.registry(session)) {
      folding = new Replay(log.log(session, registry)).run(session.network(), end, bar::at);
    }
    bar.end();
    ObjectNode document = StateDocument.of(folding);
    session.show(document, d -> text(d, session.terminal().colour()));
    if (folding.sequence() == 0) {
      session.terminal().err().println("holdfast: network " + session.network() + " has no events");
      return ExitCode.FAILED;
    }
    if (folding.fault() != null) {
      session.terminal().err().println("holdfast: FIRST FAULT: " + folding.fault());
      return ExitCode.FAILED;
    }
    return ExitCode.DONE;
  }

  private static String text(Doc d, boolean colour) {
    Table t =
        new Table("ADDRESS", "POOL", "PHASE", "OWNER", "GATEWAY", "READY", "RULES", ">TENURE");
    for (Doc a : d.docs("addresses")) {
      t.row(
          Cell.of(a.text("ip")),
          Cell.of(a.text("pool")),
          Cell.of(a.text("phase")),
          Cell.of(a.text("owner")),
          Cell.of(a.text("gateway")),
          a.text("gateway").isEmpty()
              ? Cell.of("")
              : a.is("ready") ? new Cell("yes", Tone.GOOD) : new Cell("no", Tone.WAITING),
          Cell.of(a.text("rules")),
          Cell.of(a.text("tenure")));
    }
    Table gateways = new Table("GATEWAY", "NODE", ">EPOCH");
    for (Doc g : d.docs("gateways")) {
      gateways.row(Cell.of(g.text("gateway")), Cell.of(g.text("node")), Cell.of(g.text("epoch")));
    }
    return t.render(colour)
        + "\n"
        + gateways.render(colour)
        + "\nNetwork %s after event #%s, %s%nDigest  %s%nHash    %s%n"
            .formatted(
                d.text("network"),
                d.text("sequence"),
                d.text("time"),
                d.text("digest"),
                d.text("hash"));
  }
}
