package io.holdfast.cli.verbs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What narrows a pool's ranges; the same for a new pool and for a resize. */
final class PoolExtent {
  @Option(
      names = "--exclude",
      paramLabel = "RANGE",
      split = ",",
      description = "Never handed out; may be repeated.")
  private @Nullable List<String> exclusions;

  @Option(
      names = "--subnet",
      paramLabel = "PREFIX",
      description = "The on-link subnet; without it addresses are host routes.")
  private @Nullable String subnet;

  @Option(
      names = "--next-hop",
      paramLabel = "IP",
      description = "The subnet's gateway address, never handed out.")
  private @Nullable String nextHop;

  void addTo(Fields fields) {
    fields.list("exclusions", exclusions).with("subnet", subnet).with("gatewayAddress", nextHop);
  }
}
