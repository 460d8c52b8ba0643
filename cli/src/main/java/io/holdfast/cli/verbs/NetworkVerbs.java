package io.holdfast.cli.verbs;

import io.holdfast.cli.client.Query;
import io.holdfast.cli.session.Paging;
import io.holdfast.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast network ...}. */
@Command(name = "network", description = "Networks: list, show.")
public final class NetworkVerbs extends VerbGroup {
  @Command(
      name = "list",
      description = "All networks and how far their logs have got.",
      footer = {"", "Example:", "  holdfast network list"})
  int list(@Mixin Paging paging) {
    Session s = session();
    return s.list(
        Query.path("v1", "networks"),
        paging,
        "No network yet: the first command about one creates it.",
        s.views().networks()::list);
  }

  @Command(
      name = "show",
      description = "One network: sequence, digest and hash of its log.",
      footer = {"", "Example:", "  holdfast network show prod"})
  int show(
      @Parameters(arity = "0..1", paramLabel = "NETWORK", description = "Default: that of -n.")
          @Nullable String network) {
    Session s = session();
    Query query = network == null ? s.query() : Query.network(network);
    return s.show(query, s.views().networks()::show);
  }
}
