package io.holdfast.cli.session;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of a list to get. */
public final class Paging {
  @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 100).")
  @Nullable Integer limit;

  @Option(names = "--after", paramLabel = "TOKEN", description = "Go on after this place.")
  @Nullable String after;

  @Option(names = "--all", description = "All of them, page by page.")
  boolean all;
}
