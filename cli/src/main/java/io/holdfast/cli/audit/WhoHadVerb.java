package io.holdfast.cli.audit;

import io.holdfast.cli.args.PortKey;
import io.holdfast.cli.client.Query;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast audit who-had}. */
@Command(
    name = "who-had",
    description = "Who had an address at a moment, or which addresses somebody had.",
    footer = {
      "",
      "Examples:",
      "  holdfast audit who-had 203.0.113.7 --at 2026-11-21T14:00:00Z",
      "  holdfast audit who-had 203.0.113.7 --port tcp/443 --at 2026-11-21T15:00:00+01:00",
      "  holdfast audit who-had --internal-ip 10.0.0.5 --at 2026-11-21T14:00:00Z"
    })
final class WhoHadVerb extends AuditQuestion {
  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  /** What is asked about. */
  static final class Subject {
    @Parameters(paramLabel = "IP", description = "The address.")
    private @Nullable String ip;

    @Option(names = "--owner", paramLabel = "OWNER", description = "tenant/kind/[namespace/]name.")
    private @Nullable String owner;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "All owners of a tenant.")
    private @Nullable String tenant;

    @Option(names = "--gateway", paramLabel = "GATEWAY", description = "What it was to carry.")
    private @Nullable String gateway;

    @Option(
        names = "--internal-ip",
        paramLabel = "IP",
        description = "The address behind the NAT: by FIP, DNAT, or SNAT, longest prefix first.")
    private @Nullable String internalIp;
  }

  @Option(
      names = "--at",
      required = true,
      paramLabel = "TIME",
      description = "ISO 8601 with a zone.")
  private String at = "";

  @Option(
      names = "--port",
      paramLabel = "PROTOCOL/PORT",
      converter = PortKey.Converter.class,
      description = "Only rules that lead this port; with --internal-ip, the internal one.")
  private @Nullable PortKey port;

  @Option(names = "--vpc", paramLabel = "VPC", description = "With --internal-ip: of this VPC.")
  private @Nullable String vpc;

  @Mixin private Pages pages = new Pages();

  @Override
  public Integer call() {
    Query query =
        query("who-had")
            .with("ip", subject.ip)
            .with("owner", subject.owner)
            .with("tenant", subject.tenant)
            .with("gateway", subject.gateway)
            .with("internalIp", subject.internalIp)
            .with("vpc", vpc)
            .with("at", at)
            .with("protocol", port == null ? null : port.protocol())
            .with("port", port == null ? null : port.port());
    return show(query, pages, new AuditViews(session().terminal().colour())::tenures);
  }
}
