package io.holdfast.cli.audit;

import io.holdfast.cli.client.Query;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast audit history}. */
@Command(
    name = "history",
    description = "Every event about an address, a gateway, an owner or a tenant, in order.",
    footer = {
      "",
      "Examples:",
      "  holdfast audit history 203.0.113.7",
      "  holdfast audit history --gateway gw-1"
    })
final class HistoryVerb extends AuditQuestion {
  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  /** What is asked about. */
  static final class Subject {
    @Parameters(paramLabel = "IP", description = "The address.")
    private @Nullable String ip;

    @Option(names = "--gateway", paramLabel = "GATEWAY", description = "The gateway.")
    private @Nullable String gateway;

    @Option(names = "--owner", paramLabel = "OWNER", description = "tenant/kind/[namespace/]name.")
    private @Nullable String owner;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "All owners of a tenant.")
    private @Nullable String tenant;
  }

  @Mixin private Pages pages = new Pages();

  @Override
  public Integer call() {
    Query query =
        query("history")
            .with("ip", subject.ip)
            .with("gateway", subject.gateway)
            .with("owner", subject.owner)
            .with("tenant", subject.tenant);
    return show(query, pages, new AuditViews(session().terminal().colour())::events);
  }
}
