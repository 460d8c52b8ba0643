package io.holdfast.cli.verbs;

import io.holdfast.cli.args.Durations;
import io.holdfast.cli.args.PoolFamily;
import io.holdfast.cli.args.ResizeMode;
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

/** {@code holdfast pool ...}. */
@Command(
    name = "pool",
    description = "Pools: define, set, resize, remove, list, show, explain.",
    subcommands = PoolSetVerb.class)
public final class PoolVerbs extends VerbGroup {
  private static final String RANGES =
      "What it offers: a prefix (10.0.0.0/24), start-end, or one address.";

  @Command(
      name = "define",
      aliases = "create",
      description = {
        "Create a pool, or set all its settings.",
        "What is not named gets its default; to change one of them, see set."
      },
      footer = {
        "",
        "Example:",
        "  holdfast pool define public 203.0.113.0/24 --exclude 203.0.113.1-203.0.113.9 --cooldown 5m"
      })
  int define(
      @Parameters(index = "0", paramLabel = "POOL", description = "Its name.") String pool,
      @Parameters(index = "1", arity = "1..*", paramLabel = "RANGE", description = RANGES)
          List<String> ranges,
      @Option(
              names = "--family",
              paramLabel = "FAMILY",
              description = "${COMPLETION-CANDIDATES}; else that of the first range.")
          @Nullable PoolFamily family,
      @Mixin PoolExtent extent,
      @Mixin PoolSettings settings) {
    PoolFamily chosen = family != null ? family : familyOf(ranges.getFirst());
    Fields fields = Fields.of("pool", pool).with("family", chosen).list("ranges", ranges);
    extent.addTo(fields);
    settings.addTo(fields);
    return send("DefinePool", fields);
  }

  @Command(
      name = "resize",
      description = "Change what a pool covers. Addresses in use stay where they are.",
      footer = {"", "Example:", "  holdfast pool resize public 203.0.113.0/25 --mode retain"})
  int resize(
      @Parameters(index = "0", paramLabel = "POOL", description = "Its name.") String pool,
      @Parameters(index = "1", arity = "1..*", paramLabel = "RANGE", description = RANGES)
          List<String> ranges,
      @Mixin PoolExtent extent,
      @Option(
              names = "--mode",
              paramLabel = "MODE",
              description =
                  "${COMPLETION-CANDIDATES}: what to do if an address in use would fall outside"
                      + " (default: reject). drain: its tenure ends after --drain.")
          @Nullable ResizeMode mode,
      @Option(
              names = "--drain",
              paramLabel = "DURATION",
              converter = Durations.class,
              description = "With mode drain: how long they may last at most (default: 1h).")
          @Nullable Duration drain) {
    Fields fields = Fields.of("pool", pool).list("ranges", ranges);
    extent.addTo(fields);
    return send("ResizePool", fields.with("mode", mode).with("drainMs", drain));
  }

  @Command(
      name = "remove",
      description = "Remove a pool that has no address in use, releasing or cooling down.",
      footer = {"", "Example:", "  holdfast pool remove public"})
  int remove(@Parameters(paramLabel = "POOL", description = "Its name.") String pool) {
    return send("RemovePool", Fields.of("pool", pool));
  }

  @Command(
      name = "list",
      description = "All pools and how full they are.",
      footer = {"", "Example:", "  holdfast pool list"})
  int list(@Mixin Paging paging) {
    Session s = session();
    return s.list(
        s.query("pools"),
        paging,
        "No pool in network " + s.network() + ".",
        s.views().pools()::list);
  }

  @Command(
      name = "show",
      description = "One pool: definition and use.",
      footer = {"", "Example:", "  holdfast pool show public"})
  int show(@Parameters(paramLabel = "POOL", description = "Its name.") String pool) {
    Session s = session();
    return s.show(s.query("pools", pool), s.views().pools()::show);
  }

  @Command(
      name = "explain",
      description = "How full a pool is and with what, who waits for it, and what would help.",
      footer = {"", "Example:", "  holdfast pool explain public"})
  int explain(@Parameters(paramLabel = "POOL", description = "Its name.") String pool) {
    Session s = session();
    return s.show(s.query("pools", pool, "explain"), Explained::text);
  }

  private static PoolFamily familyOf(String range) {
    return range.contains(":") ? PoolFamily.V6 : PoolFamily.V4;
  }
}
