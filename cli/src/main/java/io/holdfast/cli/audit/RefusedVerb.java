package io.holdfast.cli.audit;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast audit refused}. */
@Command(
    name = "refused",
    description = "Refused commands, the latest first.",
    footer = {"", "Example:", "  holdfast audit refused --code PoolExhausted"})
final class RefusedVerb extends AuditQuestion {
  @Option(names = "--from", paramLabel = "TIME", description = "Not before; ISO 8601 with a zone.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Before; ISO 8601 with a zone.")
  private @Nullable String to;

  @Option(names = "--code", paramLabel = "CODE", description = "Refused for this reason.")
  private @Nullable String code;

  @Option(names = "--by", paramLabel = "ACTOR", description = "Asked by this one.")
  private @Nullable String actor;

  @Mixin private Pages pages = new Pages();

  @Override
  public Integer call() {
    return show(
        query("refused").with("from", from).with("to", to).with("code", code).with("actor", actor),
        pages,
        new AuditViews(session().terminal().colour())::refusals);
  }
}
