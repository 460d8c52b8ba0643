package io.holdfast.cli.audit;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast audit state}. */
@Command(
    name = "state",
    description = "All addresses that were not free at a moment, with gateway and rules.",
    footer = {"", "Example:", "  holdfast audit state --at 2026-11-21T14:00:00Z --pool public"})
final class StateVerb extends AuditQuestion {
  @Option(
      names = "--at",
      required = true,
      paramLabel = "TIME",
      description = "ISO 8601 with a zone.")
  private String at = "";

  @Option(names = "--pool", paramLabel = "POOL", description = "Of this pool only.")
  private @Nullable String pool;

  @Mixin private Pages pages = new Pages();

  @Override
  public Integer call() {
    return show(
        query("state").with("at", at).with("pool", pool),
        pages,
        new AuditViews(session().terminal().colour())::state);
  }
}
