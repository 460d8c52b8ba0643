package io.holdfast.cli.verbs;

import io.holdfast.cli.args.Durations;
import io.holdfast.cli.args.Failover;
import io.holdfast.cli.out.Explained;
import io.holdfast.cli.session.Paging;
import io.holdfast.cli.session.Session;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast gateway ...}. */
@Command(
    name = "gateway",
    description = "NAT gateways: define, reschedule, retire, list, show, explain, desired.",
    subcommands = GatewayDesiredVerb.class)
public final class GatewayVerbs extends VerbGroup {
  private static final String NAME = "Its name.";

  @Command(
      name = "define",
      description = "Create a gateway or change its settings.",
      footer = {"", "Example:", "  holdfast gateway define gw-1 node-1 node-2 --fence-after 10s"})
  int define(
      @Parameters(index = "0", paramLabel = "GATEWAY", description = NAME) String gateway,
      @Parameters(
              index = "1",
              arity = "1..*",
              paramLabel = "NODE",
              description = "Nodes it may run on, the preferred one first.")
          List<String> candidates,
      @Option(
              names = "--failover",
              paramLabel = "POLICY",
              description =
                  "${COMPLETION-CANDIDATES} (default: fence-first). takeover: does not wait until"
                      + " the old instance is surely gone.")
          @Nullable Failover failover,
      @Option(
              names = "--fence-after",
              paramLabel = "DURATION",
              converter = Durations.class,
              description =
                  "An agent without contact for so long removes everything (default: 10s).")
          @Nullable Duration fenceAfter,
      @Option(
              names = "--probe-threshold",
              paramLabel = "N",
              description = "Probe failures in a row before it is moved (default: 3).")
          @Nullable Integer probeThreshold,
      @Option(
              names = "--hold-down",
              paramLabel = "DURATION",
              converter = Durations.class,
              description = "After a move, probes do not move it for so long (default: 1m).")
          @Nullable Duration holdDown) {
    return send(
        "DefineGateway",
        Fields.of("gateway", gateway)
            .list("candidates", candidates)
            .with("failover", failover)
            .with("fenceAfterMs", fenceAfter)
            .with("probeThreshold", probeThreshold)
            .with("holdDownMs", holdDown));
  }

  @Command(
      name = "reschedule",
      description = "Move a gateway.",
      footer = {"", "Example:", "  holdfast gateway reschedule gw-1 --node node-2"})
  int reschedule(
      @Parameters(paramLabel = "GATEWAY", description = NAME) String gateway,
      @Option(
              names = {"--node", "--to"},
              paramLabel = "NODE",
              description = "To this candidate; else to the next healthy one.")
          @Nullable String node) {
    return send("RescheduleGateway", Fields.of("gateway", gateway).with("node", node));
  }

  @Command(
      name = "retire",
      description = "Take a gateway that no held address is attached to out of service.",
      footer = {"", "Example:", "  holdfast gateway retire gw-1"})
  int retire(@Parameters(paramLabel = "GATEWAY", description = NAME) String gateway) {
    return send("RetireGateway", Fields.of("gateway", gateway));
  }

  @Command(
      name = "list",
      description = "All gateways: where they run, and how much of what they carry works.",
      footer = {"", "Example:", "  holdfast gateway list"})
  int list(@Mixin Paging paging) {
    Session s = session();
    return s.list(
        s.query("gateways"),
        paging,
        "No gateway in network " + s.network() + ".",
        s.views().gateways()::list);
  }

  @Command(
      name = "show",
      description = "One gateway.",
      footer = {"", "Example:", "  holdfast gateway show gw-1"})
  int show(@Parameters(paramLabel = "GATEWAY", description = NAME) String gateway) {
    Session s = session();
    return s.show(s.query("gateways", gateway), s.views().gateways()::show);
  }

  @Command(
      name = "explain",
      description = "Where a gateway runs, what it waits for, and what would unblock it.",
      footer = {"", "Example:", "  holdfast gateway explain gw-1"})
  int explain(@Parameters(paramLabel = "GATEWAY", description = NAME) String gateway) {
    Session s = session();
    return s.show(s.query("gateways", gateway, "explain"), Explained::text);
  }
}
