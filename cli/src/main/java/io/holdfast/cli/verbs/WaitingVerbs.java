package io.holdfast.cli.verbs;

import io.holdfast.cli.args.OwnerArgs;
import io.holdfast.cli.session.Paging;
import io.holdfast.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast waiting ...}. */
@Command(name = "waiting", description = "Requests that wait for addresses: list, show, cancel.")
public final class WaitingVerbs extends VerbGroup {
  @Command(
      name = "list",
      description = "Who waits for addresses, the oldest first.",
      footer = {"", "Example:", "  holdfast waiting list --pool public"})
  int list(
      @Option(names = "--pool", paramLabel = "POOL", description = "For addresses of this pool.")
          @Nullable String pool,
      @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this tenant's.")
          @Nullable String tenant,
      @Mixin Paging paging) {
    Session s = session();
    return s.list(
        s.query("waiting").with("pool", pool).with("tenant", tenant),
        paging,
        "Nobody waits in network " + s.network() + ".",
        s.views().waiting()::list);
  }

  @Command(
      name = "show",
      description = "One request that waits.",
      footer = {"", "Example:", "  holdfast waiting show 17"})
  int show(@Parameters(paramLabel = "TICKET", description = "Its number.") long ticket) {
    Session s = session();
    return s.show(s.query("waiting", Long.toString(ticket)), s.views().waiting()::show);
  }

  @Command(
      name = "cancel",
      description = "Give up waiting, for this owner.",
      footer = {"", "Example:", "  holdfast waiting cancel --owner acme/Pod/shop/front-0"})
  int cancel(@Mixin OwnerArgs owner) {
    return send("CancelAllocation", new Fields().with("owner", owner.require(spec())));
  }
}
