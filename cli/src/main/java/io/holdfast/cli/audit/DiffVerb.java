package io.holdfast.cli.audit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast audit diff}. */
@Command(
    name = "diff",
    description = "What differed between two moments, address by address.",
    footer = {
      "",
      "Example:",
      "  holdfast audit diff --from 2026-11-21T14:00:00Z --to 2026-11-21T15:00:00Z"
    })
final class DiffVerb extends AuditQuestion {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description = "ISO 8601 with a zone.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TIME",
      description = "ISO 8601 with a zone.")
  private String to = "";

  @Mixin private Pages pages = new Pages();

  @Override
  public Integer call() {
    return show(
        query("diff").with("from", from).with("to", to),
        pages,
        new AuditViews(session().terminal().colour())::diff);
  }
}
