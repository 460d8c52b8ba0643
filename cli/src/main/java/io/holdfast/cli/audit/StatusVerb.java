package io.holdfast.cli.audit;

import io.holdfast.cli.client.Query;
import picocli.CommandLine.Command;

/** {@code holdfast audit status}. */
@Command(
    name = "status",
    description = "How far each network is projected, and what has stopped.",
    footer = {"", "Example:", "  holdfast audit status"})
final class StatusVerb extends AuditQuestion {
  @Override
  public Integer call() {
    return show(
        Query.path("v1", "audit", "status"), new AuditViews(session().terminal().colour())::status);
  }
}
