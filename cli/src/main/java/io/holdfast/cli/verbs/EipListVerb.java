package io.holdfast.cli.verbs;

import io.holdfast.cli.args.Phase;
import io.holdfast.cli.session.Paging;
import io.holdfast.cli.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast eip list}. */
@Command(
    name = "list",
    description = "Addresses that are or were in use.",
    footer = {
      "",
      "Example:",
      "  holdfast eip list --tenant acme --not-ready",
      "  holdfast eip list --phase cooling-down --all"
    })
final class EipListVerb extends VerbGroup implements Callable<Integer> {
  @Option(names = "--phase", paramLabel = "PHASE", description = "${COMPLETION-CANDIDATES}.")
  private @Nullable Phase phase;

  @Option(names = "--pool", paramLabel = "POOL", description = "From this pool.")
  private @Nullable String pool;

  @Option(names = "--tenant", paramLabel = "TENANT", description = "Held by this tenant.")
  private @Nullable String tenant;

  @Option(
      names = "--owner",
      paramLabel = "OWNER",
      description = "Held by this owner: tenant/kind/[namespace/]name[#uid].")
  private @Nullable String owner;

  @Option(names = "--gateway", paramLabel = "GATEWAY", description = "On this gateway.")
  private @Nullable String gateway;

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "With this tag; may be repeated: all of them.")
  private @Nullable Map<String, String> tags;

  @Mixin private final ReadyArgs ready = new ReadyArgs();
  @Mixin private final Paging paging = new Paging();

  @Override
  public Integer call() {
    Session s = session();
    return s.list(
        s.query("eips")
            .with("phase", phase == null ? null : phase.wire())
            .with("pool", pool)
            .with("tenant", tenant)
            .with("gateway", gateway)
            .with("owner", owner)
            .each("tag", tags)
            .with("ready", ready.wanted()),
        paging,
        "No such address in network " + s.network() + ".",
        s.views().eips()::list);
  }
}
