package io.holdfast.cli.verbs;

import io.holdfast.cli.args.Endpoint;
import io.holdfast.cli.args.PortKey;
import io.holdfast.cli.session.Paging;
import io.holdfast.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast dnat ...}. */
@Command(name = "dnat", description = "Port forwarding: add, remove, list.")
public final class DnatVerbs extends VerbGroup {
  private static final String PORT = "Protocol and port outside, for example tcp/443.";

  @Command(
      name = "add",
      description = "Lead a port of an address to an internal one.",
      footer = {"", "Example:", "  holdfast dnat add 203.0.113.7 tcp/443 10.0.0.5:8443 --vpc shop"})
  int add(
      @Parameters(index = "0", paramLabel = "IP", description = "The address.") String ip,
      @Parameters(
              index = "1",
              paramLabel = "PROTOCOL/PORT",
              converter = PortKey.Converter.class,
              description = PORT)
          PortKey port,
      @Parameters(
              index = "2",
              paramLabel = "INTERNAL-IP[:PORT]",
              converter = Endpoint.Converter.class,
              description = "Where it leads; without a port: to the same one.")
          Endpoint target,
      @Mixin VpcArg vpc,
      @Option(
              names = "--replace",
              description = "If the port leads elsewhere, change that in one step.")
          boolean replace,
      @Mixin TenureArg tenure) {
    Fields fields =
        Fields.of("ip", ip)
            .with("protocol", port.protocol())
            .with("port", port.port())
            .with("internalIp", target.ip())
            .with("internalPort", target.port() == 0 ? port.port() : target.port())
            .with("vpc", vpc.vpc())
            .flag("replace", replace);
    tenure.addTo(fields);
    return send("AddDnat", fields);
  }

  @Command(
      name = "remove",
      description = "Remove a port's rule.",
      footer = {"", "Example:", "  holdfast dnat remove 203.0.113.7 tcp/443"})
  int remove(
      @Parameters(index = "0", paramLabel = "IP", description = "The address.") String ip,
      @Parameters(
              index = "1",
              paramLabel = "PROTOCOL/PORT",
              converter = PortKey.Converter.class,
              description = PORT)
          PortKey port,
      @Mixin TenureArg tenure) {
    Fields fields = Fields.of("ip", ip).with("protocol", port.protocol()).with("port", port.port());
    tenure.addTo(fields);
    return send("RemoveDnat", fields);
  }

  @Command(
      name = "list",
      description = "Forwarded ports, and whether they work.",
      footer = {"", "Example:", "  holdfast dnat list --ip 203.0.113.7"})
  int list(@Mixin RuleListArgs which, @Mixin Paging paging) {
    Session s = session();
    return s.list(
        which.addTo(s.query("rules"), "Dnat"),
        paging,
        "No such DNAT rule in network " + s.network() + ".",
        s.views().rules()::dnats);
  }
}
