package io.holdfast.cli.verbs;

import io.holdfast.cli.session.Paging;
import io.holdfast.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast fip ...}. */
@Command(name = "fip", description = "Floating IPs (1:1): bind, unbind, list.")
public final class FipVerbs extends VerbGroup {
  @Command(
      name = "bind",
      description = "Make an address the floating IP of an internal one.",
      footer = {"", "Example:", "  holdfast fip bind 203.0.113.7 10.0.0.5 --vpc shop"})
  int bind(
      @Parameters(index = "0", paramLabel = "IP", description = "The address.") String ip,
      @Parameters(index = "1", paramLabel = "INTERNAL-IP", description = "The address inside.")
          String internalIp,
      @Mixin VpcArg vpc,
      @Option(
              names = "--replace",
              description = "If it is bound to another one, change that in one step.")
          boolean replace,
      @Mixin TenureArg tenure) {
    Fields fields =
        Fields.of("ip", ip)
            .with("internalIp", internalIp)
            .with("vpc", vpc.vpc())
            .flag("replace", replace);
    tenure.addTo(fields);
    return send("BindFip", fields);
  }

  @Command(
      name = "unbind",
      description = "End the use of an address as a floating IP.",
      footer = {"", "Example:", "  holdfast fip unbind 203.0.113.7"})
  int unbind(
      @Parameters(paramLabel = "IP", description = "The address.") String ip,
      @Mixin TenureArg tenure) {
    Fields fields = Fields.of("ip", ip);
    tenure.addTo(fields);
    return send("UnbindFip", fields);
  }

  @Command(
      name = "list",
      description = "Floating IPs, and whether they work.",
      footer = {"", "Example:", "  holdfast fip list --not-ready"})
  int list(@Mixin RuleListArgs which, @Mixin Paging paging) {
    Session s = session();
    return s.list(
        which.addTo(s.query("rules"), "Fip"),
        paging,
        "No such floating IP in network " + s.network() + ".",
        s.views().rules()::fips);
  }
}
