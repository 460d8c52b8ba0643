package io.holdfast.cli.verbs;

import io.holdfast.cli.session.Paging;
import io.holdfast.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast snat ...}. */
@Command(name = "snat", description = "Sources of outgoing traffic: add, remove, list.")
public final class SnatVerbs extends VerbGroup {
  @Command(
      name = "add",
      description = "Let an internal prefix leave with this address as its source.",
      footer = {"", "Example:", "  holdfast snat add 203.0.113.7 10.0.0.0/24 --vpc shop"})
  int add(
      @Parameters(index = "0", paramLabel = "IP", description = "The address.") String ip,
      @Parameters(index = "1", paramLabel = "PREFIX", description = "Source prefix inside.")
          String source,
      @Mixin VpcArg vpc,
      @Mixin TenureArg tenure) {
    Fields fields = Fields.of("ip", ip).with("source", source).with("vpc", vpc.vpc());
    tenure.addTo(fields);
    return send("AddSnat", fields);
  }

  @Command(
      name = "remove",
      description = "Remove a prefix's rule.",
      footer = {"", "Example:", "  holdfast snat remove 203.0.113.7 10.0.0.0/24"})
  int remove(
      @Parameters(index = "0", paramLabel = "IP", description = "The address.") String ip,
      @Parameters(index = "1", paramLabel = "PREFIX", description = "Source prefix inside.")
          String source,
      @Mixin TenureArg tenure) {
    Fields fields = Fields.of("ip", ip).with("source", source);
    tenure.addTo(fields);
    return send("RemoveSnat", fields);
  }

  @Command(
      name = "list",
      description = "SNAT rules, and whether they work.",
      footer = {"", "Example:", "  holdfast snat list --gateway gw-1"})
  int list(@Mixin RuleListArgs which, @Mixin Paging paging) {
    Session s = session();
    return s.list(
        which.addTo(s.query("rules"), "Snat"),
        paging,
        "No such SNAT rule in network " + s.network() + ".",
        s.views().rules()::snats);
  }
}
