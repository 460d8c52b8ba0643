package io.holdfast.cli.verbs;

import io.holdfast.cli.args.QuotaLimit;
import io.holdfast.cli.session.Paging;
import io.holdfast.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast quota ...}. */
@Command(name = "quota", description = "How many addresses tenants may have: set, list, show.")
public final class QuotaVerbs extends VerbGroup {
  private static final String TENANT = "As owners name it.";

  @Command(
      name = "set",
      description = {
        "Say how many addresses of this network a tenant may have:",
        "allocated, releasing and cooling ones together. What it has already it keeps."
      },
      footer = {"", "Examples:", "  holdfast quota set acme 20", "  holdfast quota set acme none"})
  int set(
      @Parameters(index = "0", paramLabel = "TENANT", description = TENANT) String tenant,
      @Parameters(
              index = "1",
              paramLabel = "LIMIT",
              converter = QuotaLimit.Converter.class,
              description = "A number; none: as many as it likes.")
          QuotaLimit limit) {
    return send("SetQuota", Fields.of("tenant", tenant).with("limit", limit.most()));
  }

  @Command(
      name = "list",
      description = "Tenants with a limit, and how much of it they use.",
      footer = {"", "Example:", "  holdfast quota list"})
  int list(@Mixin Paging paging) {
    Session s = session();
    return s.list(
        s.query("quotas"),
        paging,
        "No tenant has a limit in network " + s.network() + ".",
        s.views().quotas()::list);
  }

  @Command(
      name = "show",
      description = "The limit of one tenant.",
      footer = {"", "Example:", "  holdfast quota show acme"})
  int show(@Parameters(paramLabel = "TENANT", description = TENANT) String tenant) {
    Session s = session();
    return s.show(s.query("quotas", tenant), s.views().quotas()::show);
  }
}
