package io.holdfast.cli.verbs;

import io.holdfast.cli.session.Paging;
import io.holdfast.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast node ...}. */
@Command(
    name = "node",
    description = "Nodes that gateways run on: list, show, drain, fence.",
    subcommands = NodeDrainVerb.class)
public final class NodeVerbs extends VerbGroup {
  @Command(
      name = "list",
      description = "All nodes, and when they were last heard of.",
      footer = {"", "Example:", "  holdfast node list"})
  int list(@Mixin Paging paging) {
    Session s = session();
    return s.list(
        s.query("nodes"),
        paging,
        "No node has reported in network " + s.network() + ".",
        s.views().nodes()::list);
  }

  @Command(
      name = "show",
      description = "One node.",
      footer = {"", "Example:", "  holdfast node show node-1"})
  int show(@Parameters(paramLabel = "NODE", description = "Its name.") String node) {
    Session s = session();
    return s.show(s.query("nodes", node), s.views().nodes()::show);
  }

  @Command(
      name = "fence",
      description = {
        "State that a node is switched off or cut from the network. Needs --reason.",
        "What it carried may be given to others at once: be sure that it is off."
      },
      footer = {
        "",
        "Example:",
        "  holdfast node fence node-1 --reason 'powered off by IPMI, ticket 4711'"
      })
  int fence(@Parameters(paramLabel = "NODE", description = "Its name.") String node) {
    return send("FenceNode", Fields.of("node", node));
  }
}
